import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decrypt, encrypt, openCredentials, sealCredentials } from "./crypto";

// generate.json, verify.json and invalid.json of github.com/fernet/spec.
const secret = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
const helloToken =
  "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
const age = { now: new Date("1985-10-26T01:20:01-07:00"), ttlSeconds: 60 };
const later = { now: new Date("1985-10-26T01:21:31-07:00"), ttlSeconds: 60 };
const invalid: [description: string, token: string, age: { now: Date; ttlSeconds: number }][] = [
  [
    "incorrect mac",
    "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==",
    age,
  ],
  ["too short", "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==", age],
  [
    "invalid base64",
    "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
    age,
  ],
  [
    "payload size not multiple of block size",
    "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm",
    age,
  ],
  [
    "payload padding error",
    "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==",
    age,
  ],
  [
    "far-future TS (unacceptable clock skew)",
    "gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==",
    age,
  ],
  [
    "expired TTL",
    "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
    later,
  ],
  [
    "incorrect IV (causes padding error)",
    "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==",
    age,
  ],
  ["trailing characters after b64 padding", `${helloToken}trailingdata`, age],
  [
    "invalid characters in b64",
    "*gAAAAAAdwJ6wAAECAwQFBgcI!CQoLDA0ODy021?cpGVWKZ_eEwC@GM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==",
    age,
  ],
  [
    "invalid non-urlsafe characters in b64",
    "gAAAAAAdwJ6wAAEC/AwQFBgcICQoLDA0ODy+021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==",
    age,
  ],
];

const newKey = `${Buffer.alloc(32, 1).toString("base64url")}=`;
const oldKey = `${Buffer.alloc(32, 2).toString("base64url")}=`;

describe("Fernet", () => {
  it("generates the specification's token", () => {
    const fixed = { now: new Date("1985-10-26T01:20:00-07:00"), iv: Buffer.from([...Array(16).keys()]) };
    expect(encrypt("hello", [secret], fixed)).toBe(helloToken);
  });

  it("verifies the specification's token", () => {
    expect(decrypt(helloToken, [secret], age)).toBe("hello");
  });

  it.each(invalid)("refuses: %s", (_description, token, vectorAge) => {
    expect(() => decrypt(token, [secret], vectorAge)).toThrow("cannot be opened");
  });

  it("returns any text, and never the same token twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const token = encrypt(text, [newKey]);
        expect(decrypt(token, [newKey])).toBe(text);
        expect(encrypt(text, [newKey])).not.toBe(token);
      }),
    );
  });

  it("encrypts with the first key and still reads the older ones", () => {
    const token = encrypt("hello", [oldKey]);
    expect(decrypt(token, [newKey, oldKey])).toBe("hello");
    expect(() => decrypt(encrypt("hello", [newKey, oldKey]), [oldKey])).toThrow("cannot be opened");
  });

  it("notices any flipped bit", () => {
    const token = Buffer.from(encrypt("hello", [newKey]), "base64url");
    fc.assert(
      fc.property(fc.nat(token.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(token);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const text = flipped.toString("base64").replaceAll("+", "-").replaceAll("/", "_");
        expect(() => decrypt(text, [newKey])).toThrow("cannot be opened");
      }),
    );
  });
});

describe("sealed credentials", () => {
  const credentials = { username: "ada", password: "correct horse" };

  it("opens for the connection it was sealed for", () => {
    const token = sealCredentials("one", credentials, [newKey]);
    expect(openCredentials("one", token, [newKey])).toEqual(credentials);
  });

  it("does not open in another connection's row", () => {
    const token = sealCredentials("one", credentials, [newKey]);
    expect(() => openCredentials("two", token, [newKey])).toThrow("cannot be opened");
  });

  it("says nothing secret when it fails", () => {
    const attempts = [
      () => openCredentials("two", sealCredentials("one", credentials, [newKey]), [newKey]),
      () => openCredentials("one", sealCredentials("one", credentials, [newKey]), [oldKey]),
      () => openCredentials("one", encrypt("correct horse", [newKey]), [newKey]),
      () => encrypt("correct horse", ["correct horse"]),
    ];
    for (const attempt of attempts) {
      expect(attempt).toThrow();
      try {
        attempt();
      } catch (error) {
        expect(inspect(error)).not.toMatch(/correct horse|AQEBAQ|AgICAg/);
      }
    }
  });
});
