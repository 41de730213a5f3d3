type Style = (text: string) => string;

export interface Terminal {
	bold: Style;
	dim: Style;
	red: Style;
	green: Style;
	yellow: Style;
	line(text?: string): void;
	/** Something that was done otherwise than asked, but well. */
	warn(text: string): void;
	error(text: string): void;
	/** Does something and, once it takes longer than two seconds, shows that it goes on. */
	step<T>(name: string, act: (say: (text: string) => void) => Promise<T>): Promise<T>;
}

export function createTerminal(out?: NodeJS.WriteStream, env?: NodeJS.ProcessEnv): Terminal;
