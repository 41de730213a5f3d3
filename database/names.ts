import { CamelCasePlugin, PostgresQueryCompiler } from 'kysely';

/** Names are in camel case in the code and in snake case in the database. What the plugin calls nested stays as it is. */
class Names extends CamelCasePlugin {
	constructor() {
		super({ maintainNestedObjectKeys: true });
	}

	inDatabase(name: string): string {
		return this.snakeCase(name);
	}
}

const names = new Names();

/** Writes statements with the database's names. The plugin would copy each statement's whole tree first, which costs as much as writing it. */
export class SnakeCaseCompiler extends PostgresQueryCompiler {
	protected override sanitizeIdentifier(identifier: string): string {
		return super.sanitizeIdentifier(names.inDatabase(identifier));
	}
}

/** Gives rows with the code's names. */
export class CamelCaseResults extends Names {
	override transformQuery({ node }: Parameters<CamelCasePlugin['transformQuery']>[0]) {
		return node;
	}
}
