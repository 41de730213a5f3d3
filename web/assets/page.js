/* Improves the plain pages. Each page is complete without it. */

const LANGUAGE = document.documentElement.lang;
/** As in `words/speech.ts`. */
const TIME_STYLES = {
	second: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
	time: { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
	date: { year: 'numeric', month: 'long', day: 'numeric' },
	moment: { month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
};

function all(selector) {
	return [...document.querySelectorAll(selector)];
}

/** Times in the reader's own zone. */
function localizeTimes() {
	for (const time of all('time[data-style]')) {
		const options = { ...TIME_STYLES[time.dataset.style], calendar: 'gregory' };
		time.textContent = new Intl.DateTimeFormat(LANGUAGE, options).format(new Date(time.dateTime));
	}
}

function button(text, className) {
	const made = document.createElement('button');
	made.type = 'button';
	made.className = className;
	made.textContent = text;
	return made;
}

/** A button that shows the password. The password is hidden again before it is sent, so no browser stores it as plain text. */
function offerToShowPasswords() {
	for (const box of all('[data-show]')) {
		const input = box.querySelector('input');
		const toggle = button(box.dataset.show, 'inside');
		const show = (shown) => {
			input.type = shown ? 'text' : 'password';
			toggle.textContent = shown ? box.dataset.hide : box.dataset.show;
			toggle.setAttribute('aria-label', `${toggle.textContent}: ${box.dataset.label}`);
		};
		toggle.addEventListener('click', () => show(input.type === 'password'));
		input.form.addEventListener('submit', () => show(false));
		show(false);
		box.append(toggle);
	}
}

function offerToCopy() {
	if (!navigator.clipboard) return;
	for (const source of all('[data-copy]')) {
		const copy = button(source.dataset.copy, 'button small quiet copy');
		const said = document.createElement('span');
		said.className = 'copied';
		said.setAttribute('role', 'status');
		copy.addEventListener('click', async () => {
			await navigator.clipboard.writeText(source.textContent.replace(/\s/g, ''));
			said.textContent = source.dataset.copied;
			setTimeout(() => {
				said.textContent = '';
			}, 4000);
		});
		source.after(copy, said);
	}
}

/** Counts down in the reader's digits. It is silent until the end, because a screen reader would announce every second. */
function countDown() {
	for (const counter of all('.countdown')) {
		const ends = performance.now() + Number(counter.dataset.seconds) * 1000;
		const line = counter.parentElement;
		counter.setAttribute('aria-hidden', 'true');
		const format = new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit: 'second', unitDisplay: 'long' });
		const tick = () => {
			const left = Math.ceil((ends - performance.now()) / 1000);
			if (left > 0) {
				counter.textContent = counter.dataset.words.replace('\ue000', format.format(left));
				return;
			}
			clearInterval(timer);
			line.setAttribute('role', 'status');
			line.textContent = counter.dataset.over;
		};
		const timer = setInterval(tick, 1000);
		tick();
	}
}

/** Fills in the code of the SMS where the browser can read it. Stops when the reader sends the form. */
function readCodeFromSms() {
	const form = document.querySelector('form.web-otp');
	if (!form || !('OTPCredential' in window)) return;
	const waiting = new AbortController();
	form.addEventListener('submit', () => waiting.abort());
	navigator.credentials
		.get({ otp: { transport: ['sms'] }, signal: waiting.signal })
		.then((sms) => {
			const field = form.querySelector('.code');
			if (!sms || field.value) return;
			field.value = sms.code;
			form.requestSubmit();
		})
		.catch(() => {});
}

/** Sends a form once. The server also makes two of them one act; this saves the reader the wait. */
function sendOnce() {
	for (const form of all('form')) {
		form.addEventListener('submit', (event) => {
			if (form.dataset.sent) event.preventDefault();
			form.dataset.sent = 'yes';
			// A reader who stopped the page from loading may send the form again.
			setTimeout(() => delete form.dataset.sent, 5000);
		});
	}
}

/** Reloads a page that the browser restores from memory: its content may be outdated, or its form sent. */
function refreshWhenBroughtBack() {
	addEventListener('pageshow', (event) => {
		if (event.persisted) location.reload();
	});
}

/** Closes the choice of a language on Escape and on a click outside. */
function closeLanguages() {
	const choice = document.querySelector('details.languages');
	if (!choice) return;
	document.addEventListener('click', (event) => {
		if (!choice.contains(event.target)) choice.open = false;
	});
	choice.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape' || !choice.open) return;
		choice.open = false;
		choice.querySelector('summary').focus();
	});
}

localizeTimes();
closeLanguages();
offerToShowPasswords();
offerToCopy();
countDown();
readCodeFromSms();
sendOnce();
refreshWhenBroughtBack();
document.querySelector('[data-focus]')?.focus();
