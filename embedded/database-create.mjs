/*
 * Makes a new database folder and ends: `node database-create.mjs <folder>`. A process of its own, because making one
 * leaves 700 MB of memory behind in whoever did it. Plain JavaScript, like all that starts as a process or a thread of its own.
 */
import { openPGlite } from './pglite.mjs';

const folder = process.argv[2];
if (!folder) throw new Error('Give the folder to make the database in.');
const db = await openPGlite(folder);
await db.exec('CHECKPOINT');
await db.close();
