/*
 * Makes a new database folder and ends: `node database-create.mjs <folder>`. It runs in a process of its own, because
 * making a folder leaves 700 MB of memory behind. Plain JavaScript, as every file that starts a process or a thread.
 */
import { openPGlite } from './pglite.mjs';

const folder = process.argv[2];
if (!folder) throw new Error('Give the folder to make the database in.');
const db = await openPGlite(folder);
await db.exec('CHECKPOINT');
await db.close();
