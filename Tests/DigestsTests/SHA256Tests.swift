import Digests
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// Worked values of FIPS 180-4's example set.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func publishedValues(text: String, digest: String) {
    #expect(SHA256.hexadecimal(of: text) == digest)
  }

  @Test func cuttingTheStreamChangesNothing() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var whole = SHA256()
    bytes.withUnsafeBytes { whole.update($0) }
    for cut in 0...bytes.count {
      var parts = SHA256()
      bytes[..<cut].withUnsafeBytes { parts.update($0) }
      bytes[cut...].withUnsafeBytes { parts.update($0) }
      #expect(parts.hexadecimal() == whole.hexadecimal())
    }
  }
}
