const DOTTED_QUAD = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * Addresses that stand for host names. C only passes addresses to `connect`, but the gateway must know the name: it resolves,
 * judges and shows names. Emscripten's own stand-ins repeat after 255 names, so that one host would reach another.
 * These lie in 240.0.0.0/4, which nobody uses.
 */
export interface HostNames {
  /** The address that stands for `name`; an IPv4 address stands for itself. */
  addressOf(name: string): string;
  /** The name behind a stand-in; null for a real address. */
  nameOf(address: string): string | null;
}

export function createHostNames(): HostNames {
  const addresses = new Map<string, string>();
  const names = new Map<string, string>();
  return {
    addressOf(name) {
      if (DOTTED_QUAD.test(name)) return name;
      let address = addresses.get(name);
      if (address === undefined) {
        const id = addresses.size + 1;
        address = `240.${(id >> 16) & 255}.${(id >> 8) & 255}.${id & 255}`;
        addresses.set(name, address);
        names.set(address, name);
      }
      return address;
    },
    nameOf: (address) => names.get(address) ?? null,
  };
}
