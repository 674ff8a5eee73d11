/**
 * Whether a name fits a glob, in which `*` stands for any run of characters and every other character for itself. Takes at most
 * name × glob steps, whatever the glob: a regular expression made of it could take exponentially many.
 */
export function matchesGlob(glob: string, name: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < name.length) {
    if (glob[at] === "*") {
      star = at;
      resume = place;
      at += 1;
    } else if (glob[at] === name[place]) {
      at += 1;
      place += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      place = resume;
    } else {
      return false;
    }
  }
  while (glob[at] === "*") at += 1;
  return at === glob.length;
}
