import { address, log } from "./page.ts";

/** No request makes sense any more: the server does not take the key, or not from this page. Until reload. */
export let refused = false;

/**
 * Every request stays CORS-simple (no preflight): the key in the query, no header of our own, a text body.
 * It outlives the page where the browser's 64 KiB for such requests allow. Rejects on a network failure, or after 30 s.
 */
export const send = async (path: string, body?: string): Promise<Response> => {
  const response = await fetch(address(path), {
    method: body && "POST",
    body,
    credentials: "omit",
    keepalive: body?.length! < 2e4,
    signal: AbortSignal.timeout?.(3e4),
  });
  if (!response.ok) log(path, response.status, await response.text());
  if (/40[13]/.test(response.status as any)) refused = true;
  return response;
};

/** Milliseconds before the next try: 1 s, 2 s, 4 s … 30 s, between half and all of it. */
export const backoff = (tries: number): number => Math.min(2 ** tries * 1e3, 3e4) * (1 - Math.random() / 2);
