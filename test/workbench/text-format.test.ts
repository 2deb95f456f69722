import { expect, it } from 'vitest';
import { textSection, withText } from '../../workbench/grid/text-format';

it('shows a text inside quotation marks', () => {
  expect(withText('"“"@"”"', ' is')).toBe('“ is”');
});

it('takes what is quoted or escaped as it stands', () => {
  expect(withText('"@"@\\!', 'a')).toBe('@a!');
});

it('finds the section for texts', () => {
  expect(textSection('0;-0;0;"<"@">"')).toBe('"<"@">"');
  expect(textSection('0.00')).toBeUndefined();
  expect(textSection('@')).toBeUndefined();
});
