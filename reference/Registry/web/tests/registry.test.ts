import { afterEach, describe, expect, test, vi } from 'vitest';
import { drawCode, tidyCode } from '../src/codes';
import { lookUp, newReceipt, submission, submit, withdraw } from '../src/registry';

const digests = { md5: 'a'.repeat(32), sha1: 'b'.repeat(40), sha256: 'c'.repeat(64) };
const answers = (response: Response) => vi.stubGlobal('fetch', vi.fn(async () => response));
const receipt = { case: 'AAAA-BBBB-CCCC', secret: 'told-to-nobody' };

afterEach(() => vi.unstubAllGlobals());

test('a submission holds kinds, values and qualities, and nothing else of what is known', () => {
  const pdq = [{ value: 'd'.repeat(64), quality: 88 }];
  const known = { media: 'image' as const, digests, pdq, similarity: 'found' as const, name: 'holiday.jpg' };
  expect(submission([known])).toEqual({
    items: [
      {
        media: 'image',
        hashes: [
          { kind: 'md5', value: digests.md5 },
          { kind: 'sha1', value: digests.sha1 },
          { kind: 'sha256', value: digests.sha256 },
          { kind: 'pdq', value: 'd'.repeat(64), quality: 88 },
        ],
      },
    ],
  });
});

test.each([
  ['abcd-efgh-jklm', 'ABCD-EFGH-JKLM'],
  ['  abcd efgh jklm ', 'ABCD-EFGH-JKLM'],
  ['ABCDEFGHJKLM', 'ABCD-EFGH-JKLM'],
  ['../../etc', 'ETC'],
  ['', ''],
])('the case number %j is tidied to %j', (typed, tidy) => expect(tidyCode(typed)).toBe(tidy));

test('codes are drawn in the form in which the registry reads them, and never twice', () => {
  const group = '[0-9A-HJKMNP-TV-Z]{4}';
  expect(newReceipt().case).toMatch(new RegExp(`^${group}(-${group}){2}$`));
  expect(newReceipt().secret).toMatch(new RegExp(`^${group}(-${group}){7}$`));
  expect(new Set(Array.from({ length: 1000 }, () => drawCode(12))).size).toBe(1000);
});

test('every try carries the codes that the device has drawn', async () => {
  const fetch = vi.fn(async () => Response.json({ case: receipt.case, items: 1 }));
  vi.stubGlobal('fetch', fetch);
  await submit(receipt, []);
  await submit(receipt, []);
  const [first, second] = fetch.mock.calls as unknown as [string, RequestInit][];
  expect(first[0]).toBe('/api/submissions/AAAA-BBBB-CCCC');
  expect(first[1]).toMatchObject({ method: 'PUT', headers: { 'Withdrawal-Secret': receipt.secret } });
  expect(second[0]).toBe(first[0]);
});

describe('what the registry says becomes something the person can act on', () => {
  test.each([
    [429, '17', { kind: 'too-often', wait: 17 }],
    [429, null, { kind: 'too-often', wait: 60 }],
    [429, 'Fri, 31 Dec 1999 23:59:59 GMT', { kind: 'too-often', wait: 60 }],
    [404, null, { kind: 'unknown-case' }],
    [409, null, { kind: 'withdrawn' }],
    [400, null, { kind: 'refused' }],
    [413, null, { kind: 'too-much' }],
    [500, null, { kind: 'broken' }],
  ])('%i', async (status, retryAfter, problem) => {
    answers(new Response('{}', { status, headers: retryAfter ? { 'Retry-After': retryAfter } : {} }));
    expect(await submit(receipt, [])).toEqual({ ok: false, problem });
  });

  test('no connection', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError()));
    expect(await submit(receipt, [])).toEqual({ ok: false, problem: { kind: 'unreachable' } });
  });

  test.each(['null', '[]', '{"case":1,"items":"x"}', '<html>'])('an answer that is no receipt: %s', async (body) => {
    answers(new Response(body, { status: 201 }));
    expect(await submit(receipt, [])).toEqual({ ok: false, problem: { kind: 'broken' } });
  });

  test('what the person has stopped is not called a lost connection', async () => {
    const stop = new AbortController();
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => new Promise((_, reject) => signal!.addEventListener('abort', () => reject(new Error()))));
    const outcome = submit(receipt, [], stop.signal);
    stop.abort();
    expect(await outcome).toEqual({ ok: false, problem: { kind: 'stopped' } });
  });

  test('a case in a state that nobody knows', async () => {
    answers(Response.json({ ...receipt, state: 'lost' }));
    expect(await lookUp(receipt)).toEqual({ ok: false, problem: { kind: 'broken' } });
  });

  test('withdrawing has no answer but that it is done', async () => {
    answers(new Response(null, { status: 204 }));
    expect((await withdraw(receipt)).ok).toBe(true);
  });
});
