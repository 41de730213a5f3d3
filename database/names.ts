import { CamelCasePlugin, PostgresDialect, PostgresQueryCompiler } from 'kysely';

/**
 * Names are in camel case in the code and in snake case in the database. Results are renamed by the plugin, statements by
 * the compiler: the plugin would copy each statement's whole tree first, which costs as much as writing it.
 */
class Names extends CamelCasePlugin {
	override transformQuery({ node }: Parameters<CamelCasePlugin['transformQuery']>[0]) {
		return node;
	}

	inDatabase(name: string): string {
		return this.snakeCase(name);
	}
}

export const names = new Names({ maintainNestedObjectKeys: true });

class SnakeCaseCompiler extends PostgresQueryCompiler {
	protected override sanitizeIdentifier(identifier: string): string {
		return super.sanitizeIdentifier(names.inDatabase(identifier));
	}
}

/** PostgreSQL with the database's names in every statement; `names` is the plugin that belongs to it. */
export class SnakeCaseDialect extends PostgresDialect {
	override createQueryCompiler() {
		return new SnakeCaseCompiler();
	}
}
