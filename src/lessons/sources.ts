/** Where the facts come from, each named once. */
export const sources = {
  gpt1: 'Radford, Narasimhan, Salimans, Sutskever: Improving Language Understanding by Generative Pre-Training, 2018',
  gpt2: 'Radford, Wu, Child, Luan, Amodei, Sutskever: Language Models are Unsupervised Multitask Learners, 2019',
  gpt3: 'Brown and others: Language Models are Few-Shot Learners, arXiv 2005.14165, 2020',
  bpe: 'Sennrich, Haddow, Birch: Neural Machine Translation of Rare Words with Subword Units, arXiv 1508.07909, 2015',
  analogies:
    'Mikolov, Yih, Zweig: Linguistic Regularities in Continuous Space Word Representations, NAACL 2013',
  transformer: 'Vaswani and others: Attention Is All You Need, arXiv 1706.03762, 2017',
  layerNorm: 'Ba, Kiros, Hinton: Layer Normalization, arXiv 1607.06450, 2016',
  gelu: 'Hendrycks, Gimpel: Gaussian Error Linear Units, arXiv 1606.08415, 2016',
  circuits: 'Elhage and others: A Mathematical Framework for Transformer Circuits, 2021',
  induction: 'Olsson and others: In-context Learning and Induction Heads, arXiv 2209.11895, 2022',
  ioi: 'Wang and others: Interpretability in the Wild, arXiv 2211.00593, 2022',
  degeneration: 'Holtzman and others: The Curious Case of Neural Text Degeneration, arXiv 1904.09751, 2019',
  compute: 'Kaplan and others: Scaling Laws for Neural Language Models, arXiv 2001.08361, 2020',
  cbt: 'Hill, Bordes, Chopra, Weston: The Goldilocks Principle, arXiv 1511.02301, 2015',
  card: 'the card of the built-in model, weights/README.md of this project',
} as const;
