import { strFromU8, unzipSync } from "fflate";

/** A file with more characters is data or generated; types are not in it. */
const LARGEST_FILE = 400_000;
/** Bytes of one package that are unpacked for its types. */
const LARGEST_PACKAGE = 10_000_000;

/**
 * What a wheel says of its types: its stubs and modules, by their path in `site-packages`. Tests are left out, and modules that have a
 * stub beside them; of a huge package there are only the first files.
 *
 * @throws Error where it is no zip.
 */
export function unpackWheel(wheel: Uint8Array): Record<string, string> {
  const names = new Set<string>();
  let size = 0;
  const unzipped = unzipSync(wheel, {
    filter({ name, originalSize }) {
      const wanted = /\.pyi?$|(^|\/)py\.typed$/.test(name) && !/(^|\/)(tests?|_tests|testing)\//.test(name);
      if (!wanted || originalSize > LARGEST_FILE || size + originalSize > LARGEST_PACKAGE) return false;
      size += originalSize;
      names.add(name);
      return true;
    },
  });
  return Object.fromEntries(
    Object.entries(unzipped)
      .filter(([name]) => !(name.endsWith(".py") && names.has(`${name}i`)))
      .map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}
