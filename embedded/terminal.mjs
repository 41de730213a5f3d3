/*
 * What a start says on the terminal: calm, one line a thing, and a sign of life for whatever takes long. Colors and
 * moving lines only where a person looks at them (https://no-color.org).
 */

/** What is shorter is not worth a line. */
const SHOWN_AFTER_MS = 2_000;
const REDRAW_EVERY_MS = 100;
const SIGN_OF_LIFE_MS = 15_000;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** @param {NodeJS.WriteStream} out @param {NodeJS.ProcessEnv} env */
export function createTerminal(out = process.stdout, env = process.env) {
	const plain = !out.isTTY || env.NO_COLOR !== undefined || env.TERM === 'dumb';
	const paint = (/** @type {number} */ on, /** @type {number} */ off) => (/** @type {string} */ text) =>
		plain ? text : `\u001b[${on}m${text}\u001b[${off}m`;
	const styles = {
		bold: paint(1, 22),
		dim: paint(2, 22),
		red: paint(31, 39),
		green: paint(32, 39),
		yellow: paint(33, 39),
	};
	const line = (text = '') => out.write(`${text}\n`);

	/**
	 * Does something and, once it takes longer than two seconds, shows that it goes on. `act` may say what it is at now.
	 * @template T
	 * @param {string} name
	 * @param {(say: (text: string) => void) => Promise<T>} act
	 * @returns {Promise<T>}
	 */
	async function step(name, act) {
		const started = performance.now();
		const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;
		let text = name;
		let frame = 0;
		let shown = '';
		const draw = () => {
			if (performance.now() - started < SHOWN_AFTER_MS) return;
			out.write(`\r\u001b[2K  ${FRAMES[frame++ % FRAMES.length]} ${text} ${styles.dim(seconds())}`);
			shown = text;
		};
		let signAt = SHOWN_AFTER_MS;
		const write = () => {
			const elapsed = performance.now() - started;
			if (elapsed < SHOWN_AFTER_MS || (text === shown && elapsed < signAt)) return;
			line(text === shown ? `  … ${seconds()}` : `  ${text} …`);
			shown = text;
			signAt = elapsed + SIGN_OF_LIFE_MS;
		};
		const timer = setInterval(plain ? write : draw, REDRAW_EVERY_MS);
		const clear = () => {
			clearInterval(timer);
			if (shown && !plain) out.write('\r\u001b[2K');
		};
		try {
			const result = await act((now) => {
				text = now;
			});
			clear();
			if (shown) line(`  ${styles.green(plain ? 'done:' : '✓')} ${name} ${styles.dim(seconds())}`);
			return result;
		} catch (error) {
			clear();
			throw error;
		}
	}

	return {
		...styles,
		line,
		step,
		warn: (/** @type {string} */ text) => line(`  ${styles.yellow(plain ? 'note:' : '!')} ${text}`),
		error: (/** @type {string} */ text) => line(`\n${styles.red(plain ? 'error:' : '✗')} ${text}\n`),
	};
}
