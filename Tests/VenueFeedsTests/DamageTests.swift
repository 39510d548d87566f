import MarketData
import Markets
import Sampling
import Testing
import VenueFeeds

/// Lines with random damage: nothing may trap, and each line is read or refused with the name of a field.
@Suite("Damage")
struct DamageTests {
  /// A million lines with optimisation, a tenth of that without.
  private static let trials: Int = {
    #if DEBUG
      8_000
    #else
      80_000
    #endif
  }()

  @Test(arguments: Venue.allCases)
  func damagedLinesAreReadOrNamed(venue: Venue) {
    let lines = SampleLines.lines(of: venue).map { Array($0.utf8) }
    var generator = SeededGenerator(seed: 17, stream: UInt64(venue.rawValue.utf8.count))
    var feed = VenueFeed(venue, configuration: SampleLines.configuration(of: venue))
    var refused = 0
    var read = 0
    var unnamed = 0
    for trial in 0..<Self.trials {
      let line = lines[trial % lines.count]
      // One in five is sound, so that books come back to be damaged again.
      for event in feed.read(trial % 5 == 0 ? line : damaged(line, &generator)) {
        guard case .rejected(let fault) = event else {
          read += 1
          continue
        }
        refused += 1
        if fault.field.isEmpty || fault.reason.isEmpty { unnamed += 1 }
      }
    }
    #expect(unnamed == 0)
    #expect(refused > Self.trials / 20)
    #expect(read > Self.trials / 20)
  }

  /// A row of a table that is cut short can be a row of its own, so tables are left out.
  @Test(arguments: Venue.allCases.filter { $0 != .tardisIncremental && $0 != .lobster })
  func aLineCutAnywhereIsReadOrNamed(venue: Venue) {
    var feed = VenueFeed(venue, configuration: SampleLines.configuration(of: venue))
    for line in SampleLines.lines(of: venue).map({ Array($0.utf8) }) {
      for end in 0..<line.count {
        let events = feed.read(Array(line[..<end]))
        #expect(events.allSatisfy(isHarmless), "\(String(decoding: line[..<end], as: UTF8.self))")
      }
    }
  }

  @Test(arguments: ["[", #"{"a":"#, #"{"data":"#, #"{"data":["#, "[1,["])
  func deepNestingIsRefused(opening: String) {
    let line = Array(String(repeating: opening, count: 200_000).utf8)
    for venue in Venue.allCases {
      var feed = VenueFeed(venue)
      let events = feed.read(line)
      #expect(!events.faults.isEmpty, "\(venue)")
    }
  }

  /// What a cut message may be answered with: nothing that states a price.
  private func isHarmless(_ event: VenueEvent) -> Bool {
    switch event {
    case .rejected, .ignored, .invalid: true
    case .book, .trade, .quote, .figure, .liquidation: false
    }
  }

  /// The bytes with one or two flips, overwritings, insertions, removals or exchanges.
  private func damaged(_ line: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = line
    let telling = Array("0159-+.eE,\"[]{}:\\u \0n\t".utf8) + [0xFF, 0xC0]
    for _ in 0...generator.index(below: 2) where !bytes.isEmpty {
      let place = generator.index(below: bytes.count)
      let byte = telling[generator.index(below: telling.count)]
      switch generator.index(below: 5) {
      case 0: bytes[place] ^= 1 << UInt8(generator.index(below: 8))
      case 1: bytes[place] = byte
      case 2: bytes.insert(byte, at: place)
      case 3: bytes.remove(at: place)
      default: bytes.swapAt(place, generator.index(below: bytes.count))
      }
    }
    return bytes
  }
}
