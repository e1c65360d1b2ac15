import { drawCode } from './codes';
import type { Fingerprints } from './hashing/file';

/** What the person keeps: together they find the case again. Drawn on the device, so that no lost answer can lose a case. */
export interface Receipt {
  readonly case: string;
  readonly secret: string;
}

export interface Case {
  readonly case: string;
  readonly state: 'listed' | 'withdrawn';
  readonly submitted: string;
  readonly items: number;
  /** The platforms that take part, and when each had read all of the case; null for one that has not. */
  readonly platforms: readonly { readonly name: string; readonly read: string | null }[];
}

/** Who keeps the list (null for a trial) and who reads it, and whether draft translations are offered. */
export interface About {
  readonly keeper: string | null;
  readonly platforms: readonly string[];
  readonly drafts: boolean;
}

/** Why the registry has not done what was asked. `wait` is in seconds. */
export type Problem =
  | { readonly kind: 'unreachable' | 'stopped' | 'unknown-case' | 'withdrawn' | 'too-much' | 'refused' | 'broken' }
  | { readonly kind: 'too-often'; readonly wait: number };

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** The body of a submission: kinds, values and qualities, and nothing else. */
export function submission(all: readonly Fingerprints[]) {
  return {
    items: all.map(({ media, digests, pdq }) => ({
      media,
      hashes: [
        { kind: 'md5', value: digests.md5 },
        { kind: 'sha1', value: digests.sha1 },
        { kind: 'sha256', value: digests.sha256 },
        ...pdq.map(({ value, quality }) => ({ kind: 'pdq', value, quality })),
      ],
    })),
  };
}

export const newReceipt = (): Receipt => ({ case: drawCode(12), secret: drawCode(32) });

/** Puts fingerprints on the list under a receipt. Sending the same again changes nothing, so a try without an answer can be repeated. */
export const submit = (receipt: Receipt, all: readonly Fingerprints[], signal?: AbortSignal) =>
  ask<{ items: number }>(
    addressOf(receipt),
    { method: 'PUT', headers: { 'Content-Type': 'application/json', ...withSecret(receipt) }, body: JSON.stringify(submission(all)) },
    ({ items }) => typeof items === 'number',
    signal,
  );

export const lookUp = (receipt: Receipt, signal?: AbortSignal) =>
  ask<Case>(
    addressOf(receipt),
    { headers: withSecret(receipt) },
    ({ state, platforms }) => (state === 'listed' || state === 'withdrawn') && Array.isArray(platforms),
    signal,
  );

export const withdraw = (receipt: Receipt, signal?: AbortSignal) =>
  ask<object>(addressOf(receipt), { method: 'DELETE', headers: withSecret(receipt) }, () => true, signal);

export const about = () => ask<About>('/api/about', {}, ({ platforms }) => Array.isArray(platforms));

const addressOf = (receipt: Receipt) => `/api/submissions/${encodeURIComponent(receipt.case)}`;
const withSecret = ({ secret }: Receipt) => ({ 'Withdrawal-Secret': secret });

/** After how many milliseconds without an answer the page says that it is still trying. */
export const slowAfter = 5_000;

/** How long an answer may take, in milliseconds. Long before that, the page says that it is still trying. */
const patience = 60_000;

/** Sends a request that carries nothing but what it is given, and takes no answer that `isAnswer` does not know. */
async function ask<T extends object>(
  address: string,
  request: RequestInit,
  isAnswer: (answer: Partial<T>) => boolean,
  stop = new AbortController().signal,
): Promise<Outcome<T>> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), patience);
  stop.addEventListener('abort', () => controller.abort());
  try {
    return await answerTo(address, { ...request, signal: controller.signal }, isAnswer);
  } catch {
    return { ok: false, problem: { kind: stop.aborted ? 'stopped' : 'unreachable' } };
  } finally {
    clearTimeout(timer);
  }
}

async function answerTo<T extends object>(address: string, request: RequestInit, isAnswer: (answer: Partial<T>) => boolean): Promise<Outcome<T>> {
  const response = await fetch(address, { ...request, credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer' });
  if (!response.ok) return { ok: false, problem: problemOf(response) };
  const text = response.status === 204 ? '{}' : await response.text();
  const answer = parsed(text);
  const known = typeof answer === 'object' && answer !== null && isAnswer(answer);
  return known ? { ok: true, value: answer as T } : { ok: false, problem: { kind: 'broken' } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(response: Response): Problem {
  if (response.status === 429) return { kind: 'too-often', wait: Number(response.headers.get('Retry-After')) || 60 };
  if (response.status === 404) return { kind: 'unknown-case' };
  if (response.status === 409) return { kind: 'withdrawn' };
  if (response.status === 413) return { kind: 'too-much' };
  return { kind: response.status < 500 ? 'refused' : 'broken' };
}
