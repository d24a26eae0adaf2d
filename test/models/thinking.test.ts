import { expect, it } from 'vitest';
import { splitThinking } from '../../models/thinking.ts';

it.each([
  ['no thought', 'answer', '', 'answer'],
  ['a thought before', '<think>hm</think>answer', '<think>hm</think>', 'answer'],
  ['a thought whose begin mark is in the template', 'hm</think>answer', 'hm</think>', 'answer'],
  ['a thought without end', '<think>hm', '<think>hm', ''],
  ['words before a thought without end', 'Well. <thinking>hm', '<thinking>hm', 'Well. '],
  ['several thoughts', '<think>a</think>b<THINK>c</THINK>d', '<think>a</think>b<THINK>c</THINK>', 'd'],
])('%s', (_, reply, thought, answer) => {
  expect(splitThinking(reply)).toEqual({ thought, answer });
});
