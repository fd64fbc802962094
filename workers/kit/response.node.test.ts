import { describe, it, vi } from 'vitest';
import { common } from './problem.ts';
import { failureResponse } from './response.ts';

describe('failures', () => {
  it('[API11] that nobody expected are logged once and answered without their details', async ({ expect }) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const response = failureResponse(new TypeError('secret of the database'), 'request-1');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'internal', status: 500, requestId: 'request-1' });
    expect(text).not.toContain('secret');
    expect(log).toHaveBeenCalledTimes(1);
    expect(String(log.mock.calls[0]?.[0])).toMatch(/request-1.*secret of the database/);
    log.mockRestore();
  });

  it('[API3] that are expected say what to do, and are not logged', async ({ expect }) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const problem = common('rate-limited', {
      hint: 'Slow down.',
      headers: { 'retry-after': '1' },
      extra: { limit: 5 },
    });
    const response = failureResponse(problem, 'request-2');
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await response.json()).toEqual({
      status: 429,
      code: 'rate-limited',
      title: 'Too many requests',
      hint: 'Slow down.',
      limit: 5,
      requestId: 'request-2',
    });
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });
});
