import { expect, it } from 'vitest';
import { visible } from '../../../taskpane/pictures/tokens';

it('shows spaces and line breaks', () => {
  expect([' quick', '\n', 'a\tb', '\r\n'].map(visible)).toEqual(['·quick', '↵', 'a⇥b', '␍↵']);
});

it('writes signs without a look by their number, those among them that would turn the text around', () => {
  expect(visible('a\u202eb')).toBe('a⟨202E⟩b');
  expect(visible('\u200d\u00a0\u0000')).toBe('⟨200D⟩⟨00A0⟩⟨0000⟩');
});

it('leaves everything else as it is', () => {
  expect(['שלום', '😀', '\\xF0\\x9F'].map(visible)).toEqual(['שלום', '😀', '\\xF0\\x9F']);
});
