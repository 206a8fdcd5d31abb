// Adapter for scoring `applyEdit` on cases { code, edit, language, path }: the built library, called as a user calls it.
import { applyEdit } from '../dist/index.js';

/**
 * @param {{ code: string, edit: string, language?: string, path?: string }} request
 * @returns {Promise<{ ok: boolean, output: string, error?: string }>} `ok: false`: refused, and `output` is the file as it was
 */
export async function apply({ code, edit, language, path }) {
  const where = path === undefined ? { language: language ?? 'text' } : { filename: path };
  const result = await applyEdit({ code, edit, ...where });
  if (result.status !== 'refused') return { ok: true, output: result.code };
  return { ok: false, output: code, error: `${result.refusal.code} ${result.refusal.message}` };
}

/** Nothing to close: in-process tasks hold no threads. */
export async function close() {}
