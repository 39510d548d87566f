import Configuration
import Sampling
import Testing

@Suite("The shipped configuration files")
struct ShippedFileTests {
  @Test("Both are there")
  func present() {
    let names = ShippedFile.all.map(\.name)
    #expect(names.contains("kraken-k1.yaml") && names.contains("policy-example.yaml"))
  }

  @Test("Every one loads", arguments: ShippedFile.all)
  func loads(_ file: ShippedFile) throws { try file.read(file.text) }

  @Test("Cut off at any byte, one loads or is refused", arguments: ShippedFile.all)
  func truncation(_ file: ShippedFile) {
    let bytes = Array(file.text.utf8)
    var refused = 0
    for count in bytes.indices {
      let text = String(decoding: bytes[..<count], as: UTF8.self)
      do { try file.read(text) } catch { refused += 1 }
    }
    #expect(refused > bytes.count / 2)
  }

  @Test("Changed at random, one loads or is refused", arguments: ShippedFile.all)
  func mutation(_ file: ShippedFile) {
    let bytes = Array(file.text.utf8)
    var generator = SeededGenerator(seed: 11)
    var (refused, unplaced) = (0, 0)
    for _ in 0..<20_000 / max(1, ShippedFile.all.count) {
      var mutated = bytes
      for _ in 0...generator.index(below: 4) {
        let position = generator.index(below: mutated.count)
        switch generator.index(below: 3) {
        case 0: mutated[position] = UInt8(generator.index(below: 256))
        case 1: mutated.remove(at: position)
        default: mutated.insert(bytes[generator.index(below: bytes.count)], at: position)
        }
      }
      do {
        try file.read(String(decoding: mutated, as: UTF8.self))
      } catch {
        refused += 1
        if error.line == nil { unplaced += 1 }
      }
    }
    #expect(refused > 1_000)
    #expect(unplaced * 100 <= refused, "nearly every fault names its line")
  }
}
