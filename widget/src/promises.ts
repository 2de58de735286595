import type { EventResult } from "./module.ts";

/** Events whose callers wait, by id. */
const waiting = new Map<string, { name: string; done: (result: EventResult) => void }>();

export const REFUSED: EventResult = { accepted: false, prompt: false };

/** Settles when the event was acknowledged or given up; never rejects. */
export const promised = (id: string, name: string): Promise<EventResult> =>
  new Promise((done) => waiting.set(id, { name, done }));

const settle = (id: string, result: EventResult): void => {
  waiting.get(id)?.done(result);
  waiting.delete(id);
};

/** Gives up every event that is not `kept`. */
export const giveUp = (kept: string[]): void => {
  for (const id of waiting.keys()) if (!kept.includes(id)) settle(id, REFUSED);
};

/** The server has answered for these. `answer` is what it said, or undefined when it refused the request. */
export const settleAll = (ids: string[], answer: any): void => {
  // Over the monthly quota the events that still fitted are the first of those that are valid.
  let fitting = answer ? (answer.quota === "exceeded" ? answer.accepted + answer.duplicates : ids.length) : 0;
  let asked: string | undefined = answer?.prompt?.event;
  for (const id of ids) {
    const rejected = answer?.rejected?.find((refusal: any) => refusal.id === id);
    const accepted = !rejected && fitting-- > 0;
    const prompt = accepted && waiting.get(id)?.name === asked;
    if (prompt) asked = undefined;
    const { verdict, until } = answer?.verdicts?.find((known: any) => known.id === id) ?? {};
    settle(id, {
      accepted,
      prompt,
      ...(verdict && { verdict }),
      ...(until && { until }),
      ...(rejected && { rejected: { code: rejected.code, message: rejected.message } }),
    });
  }
};
