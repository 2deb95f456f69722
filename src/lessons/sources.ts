/** What facts are taken from, each named once. */
export interface Work {
  /** Who, what, when. */
  readonly name: string;
  /** Where it can be read; of our own, there is none. */
  readonly link?: string;
}

const works = {
  gpt1: {
    name: 'Radford, Narasimhan, Salimans, Sutskever: Improving Language Understanding by Generative Pre-Training, 2018',
    link: 'https://cdn.openai.com/research-covers/language-unsupervised/language_understanding_paper.pdf',
  },
  gpt1Release: {
    name: 'openai-community/openai-gpt, the released model',
    link: 'https://huggingface.co/openai-community/openai-gpt',
  },
  gpt2: {
    name: 'Radford, Wu, Child, Luan, Amodei, Sutskever: Language Models are Unsupervised Multitask Learners, 2019',
    link: 'https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf',
  },
  gpt2Release: {
    name: 'openai-community/gpt2 and its larger sisters, the released models',
    link: 'https://huggingface.co/openai-community/gpt2',
  },
  gpt2Code: { name: 'github.com/openai/gpt-2', link: 'https://github.com/openai/gpt-2' },
  gpt3: {
    name: 'Brown and others: Language Models are Few-Shot Learners, arXiv 2005.14165, 2020',
    link: 'https://arxiv.org/abs/2005.14165',
  },
  gpt3Code: { name: 'github.com/openai/gpt-3', link: 'https://github.com/openai/gpt-3' },
  bpe: {
    name: 'Sennrich, Haddow, Birch: Neural Machine Translation of Rare Words with Subword Units, arXiv 1508.07909, 2015',
    link: 'https://arxiv.org/abs/1508.07909',
  },
  tokenizers: {
    name: 'Hugging Face: Summary of the tokenizers',
    link: 'https://huggingface.co/docs/transformers/tokenizer_summary',
  },
  analogies: {
    name: 'Mikolov, Yih, Zweig: Linguistic Regularities in Continuous Space Word Representations, NAACL 2013',
    link: 'https://aclanthology.org/N13-1090',
  },
  analogyIssues: {
    name: 'Linzen: Issues in evaluating semantic spaces using word analogies, arXiv 1606.07736, 2016',
    link: 'https://arxiv.org/abs/1606.07736',
  },
  transformer: {
    name: 'Vaswani and others: Attention Is All You Need, arXiv 1706.03762, 2017',
    link: 'https://arxiv.org/abs/1706.03762',
  },
  layerNorm: {
    name: 'Ba, Kiros, Hinton: Layer Normalization, arXiv 1607.06450, 2016',
    link: 'https://arxiv.org/abs/1607.06450',
  },
  gelu: {
    name: 'Hendrycks, Gimpel: Gaussian Error Linear Units, arXiv 1606.08415, 2016',
    link: 'https://arxiv.org/abs/1606.08415',
  },
  circuits: {
    name: 'Elhage and others: A Mathematical Framework for Transformer Circuits, 2021',
    link: 'https://transformer-circuits.pub/2021/framework/index.html',
  },
  induction: {
    name: 'Olsson and others: In-context Learning and Induction Heads, arXiv 2209.11895, 2022',
    link: 'https://arxiv.org/abs/2209.11895',
  },
  ioi: {
    name: 'Wang and others: Interpretability in the Wild, arXiv 2211.00593, 2022',
    link: 'https://arxiv.org/abs/2211.00593',
  },
  lens: {
    name: 'nostalgebraist: interpreting GPT: the logit lens, 2020',
    link: 'https://www.lesswrong.com/posts/AcKRB8wDpdaN6v6ru/interpreting-gpt-the-logit-lens',
  },
  degeneration: {
    name: 'Holtzman and others: The Curious Case of Neural Text Degeneration, arXiv 1904.09751, 2019',
    link: 'https://arxiv.org/abs/1904.09751',
  },
  compute: {
    name: 'Kaplan and others: Scaling Laws for Neural Language Models, arXiv 2001.08361, 2020',
    link: 'https://arxiv.org/abs/2001.08361',
  },
  cbt: {
    name: 'Hill, Bordes, Chopra, Weston: The Goldilocks Principle, arXiv 1511.02301, 2015',
    link: 'https://arxiv.org/abs/1511.02301',
  },
  order: {
    name: 'Lu and others: Fantastically Ordered Prompts and Where to Find Them, arXiv 2104.08786, 2021',
    link: 'https://arxiv.org/abs/2104.08786',
  },
  card: { name: 'the card of the built-in model, weights/README.md of this project' },
} as const satisfies Record<string, Work>;

export type SourceName = keyof typeof works;

export const sources: Readonly<Record<SourceName, Work>> = works;
