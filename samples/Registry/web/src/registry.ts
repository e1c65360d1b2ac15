import type { Fingerprints } from './hashing/file';

/** What the person keeps: together they find the case again. */
export interface Receipt {
  readonly case: string;
  readonly secret: string;
}

export interface Case {
  readonly case: string;
  readonly state: 'listed' | 'withdrawn';
  readonly submitted: string;
  readonly items: number;
}

/** Why the registry has not done what was asked. `wait` is in seconds. */
export type Problem =
  | { readonly kind: 'unreachable' | 'unknown-case' | 'too-much' | 'refused' | 'broken' }
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

export const submit = (all: readonly Fingerprints[]) =>
  ask<Receipt>(
    '/api/submissions',
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(submission(all)) },
    (answer) => typeof answer.case === 'string' && typeof answer.secret === 'string',
  );

export const lookUp = (receipt: Receipt) =>
  ask<Case>(addressOf(receipt), withSecret(receipt), ({ state }) => state === 'listed' || state === 'withdrawn');

export const withdraw = (receipt: Receipt) => ask<object>(addressOf(receipt), { method: 'DELETE', ...withSecret(receipt) }, () => true);

/** A case number as it is written on the receipt, whatever a hurried thumb made of it. */
export function tidyCase(typed: string): string {
  const characters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return characters.match(/.{1,4}/g)?.join('-') ?? '';
}

const addressOf = (receipt: Receipt) => `/api/submissions/${encodeURIComponent(receipt.case)}`;
const withSecret = ({ secret }: Receipt): RequestInit => ({ headers: { 'Withdrawal-Secret': secret } });

/** Sends a request that carries nothing but what it is given, and takes no answer that `isAnswer` does not know. */
async function ask<T extends object>(address: string, request: RequestInit, isAnswer: (answer: Partial<T>) => boolean): Promise<Outcome<T>> {
  const response = await fetch(address, {
    ...request,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined);
  if (!response) return { ok: false, problem: { kind: 'unreachable' } };
  if (!response.ok) return { ok: false, problem: problemOf(response) };
  const answer: unknown = response.status === 204 ? {} : await response.json().catch(() => undefined);
  const known = typeof answer === 'object' && answer !== null && isAnswer(answer);
  return known ? { ok: true, value: answer as T } : { ok: false, problem: { kind: 'broken' } };
}

function problemOf(response: Response): Problem {
  if (response.status === 429) return { kind: 'too-often', wait: Number(response.headers.get('Retry-After')) || 60 };
  if (response.status === 404) return { kind: 'unknown-case' };
  if (response.status === 413) return { kind: 'too-much' };
  return { kind: response.status < 500 ? 'refused' : 'broken' };
}
