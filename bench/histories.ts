import { Client, Connection } from '@temporalio/client';
import type { Product } from './product.js';

export interface HistoryFigures {
	events: number;
	bytes: number;
	runs: number;
}

/** Mean length and size of the closed runs' histories. */
export async function measureHistories({ temporalAddress }: Product, sample = 200): Promise<HistoryFigures> {
	const connection = await Connection.connect({ address: temporalAddress });
	try {
		const { workflow } = new Client({ connection });
		const figures = { events: 0, bytes: 0, runs: 0 };
		for await (const { historyLength, historySize } of workflow.list({ query: "ExecutionStatus = 'Completed'" })) {
			figures.events += historyLength;
			figures.bytes += historySize ?? 0;
			figures.runs += 1;
			if (figures.runs === sample) break;
		}
		return { events: figures.events / figures.runs, bytes: figures.bytes / figures.runs, runs: figures.runs };
	} finally {
		await connection.close();
	}
}
