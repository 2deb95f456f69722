/** Reads and writes files away from the page, which stays responsive meanwhile. */
import { expose, transfer } from 'comlink';
import type { Book } from './xlsx/book';
import { readBook } from './xlsx/read';
import { writeBook } from './xlsx/write';

const converter = {
  read: readBook,
  write: async (book: Book, ours: 'formulas' | 'values') => {
    const bytes = await writeBook(book, ours);
    return transfer(bytes, [bytes.buffer]);
  },
};

export type Converter = typeof converter;

expose(converter);
