/** Why a package can't be had. */
export type PackageProblem = "IndexUnreachable" | "PackageNotFound" | "HashMismatch" | "FileUnreachable";

const statuses: Readonly<Record<PackageProblem, 404 | 502>> = {
  IndexUnreachable: 502,
  PackageNotFound: 404,
  HashMismatch: 502,
  FileUnreachable: 502,
};

/** Goes to the page as `{code, message}`. */
export class PackageError extends Error {
  readonly code: PackageProblem;
  readonly status: 404 | 502;
  constructor(code: PackageProblem, message: string) {
    super(message);
    this.name = "PackageError";
    this.code = code;
    this.status = statuses[code];
  }
}
