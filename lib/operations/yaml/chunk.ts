/** A run of lines that can be read on its own: some entries of a list, or one whole top-level field. */
export interface Chunk {
  /** YAML text that stands for itself. Its first line is `line` of the file. */
  text: string;
  /** From 1. */
  line: number;
  /** Place of the chunk's first entry in its list. */
  firstIndex: number;
}

/** A top-level field of a file. A list comes in chunks of entries; anything else in one chunk that includes the field's name. */
export interface Section {
  key: string;
  line: number;
  isList: boolean;
  chunks: Chunk[];
}

/** About as much as the YAML library reads in 10 ms. */
export const CHUNK_CHARACTERS = 8_000;
