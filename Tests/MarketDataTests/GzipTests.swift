import Digests
import MarketData
import Testing

@Suite("Gzip")
struct GzipTests {
  @Test(arguments: BookFormat.allCases)
  func compressedFilesReadAsPlainOnes(format: BookFormat) {
    let text = Samples.text(of: format)
    let bytes = Array(text.utf8)
    #expect(decode(gzip(bytes)).snapshots == decode(bytes).snapshots)
  }

  @Test(arguments: [1, 50, 170])
  func severalMembersAreOneText(cut: Int) {
    let bytes = Array(Samples.canonical.utf8)
    let members = gzip(Array(bytes[..<cut])) + gzip([]) + gzip(Array(bytes[cut...]))
    #expect(decode(members).snapshots == decode(bytes).snapshots)
    #expect(decode(members).failure == nil)
  }

  @Test func theDigestIsThatOfTheStoredBytes() {
    let bytes = gzip(Array(Samples.binned.utf8))
    var digest = SHA256()
    bytes.withUnsafeBytes { digest.update($0) }
    #expect(
      decode(bytes, name: "a/b.csv.gz").digest
        == FileDigest(name: "b.csv.gz", byteCount: bytes.count, sha256: digest.hexadecimal()))
  }

  @Test func garbageAfterTheDataIsAFailure() {
    let decoded = decode(gzip(Array(Samples.canonical.utf8)) + Array("garbage".utf8))
    #expect(decoded.snapshots.count == 3)
    #expect(decoded.failure == .corruptGzip(path: "X.csv", reason: "incorrect header check"))
  }

  @Test func aWrongChecksumIsAFailure() {
    var bytes = gzip(Array(Samples.canonical.utf8))
    bytes[bytes.count - 6] ^= 1
    #expect(decode(bytes).failure == .corruptGzip(path: "X.csv", reason: "incorrect data check"))
  }
}
