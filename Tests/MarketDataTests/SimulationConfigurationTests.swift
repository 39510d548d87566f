import Foundation
import MarketData
import Markets
import Testing

@Suite("Simulation configuration")
struct SimulationConfigurationTests {
  @Test func theDefaultsAreValidAndSurviveEncoding() throws {
    let configuration = try SimulationConfiguration(seed: 42)
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(SimulationConfiguration.self, from: data) == configuration)
    #expect(configuration.start.description == "2025-01-06T00:00:00Z")
    #expect(SimulatedInstrument.standard.map(\.name.text) == ["SIM-BTC", "SIM-ETH", "SIM-XRP"])
    #expect(SimulatedInstrument.catalogue.count == 6)
  }

  @Test func wrongValuesAreNamed() {
    func fault(_ change: (inout Draft) -> Void) -> String? {
      var draft = Draft()
      change(&draft)
      do {
        _ = try draft.configuration()
        return nil
      } catch {
        return error.parameter
      }
    }
    #expect(fault { _ in } == nil)
    #expect(fault { $0.instruments = [] } == "instruments")
    #expect(fault { $0.instruments += [$0.instruments[0]] } == "instruments")
    #expect(fault { $0.instruments[0].price = .nan } == "instruments.SIM-BTC.price")
    #expect(fault { $0.instruments[1].ticksPerUnit = 0 } == "instruments.SIM-ETH.ticksPerUnit")
    #expect(fault { $0.instruments[2].levelSpacing = 3 } == "instruments.SIM-XRP.levelSpacing")
    #expect(fault { $0.duration = .zero } == "duration")
    #expect(fault { $0.step = .seconds(61) } == "step")
    #expect(fault { $0.recorder.cadence = .seconds(9) } == "recorder.cadence")
    #expect(fault { $0.recorder.levels = 4 } == "recorder.levels")
    #expect(fault { $0.recorder.levels = 1_000 } == "instruments.SIM-BTC.levelSpacing")
    #expect(fault { $0.recorder.staleShare = 1.1 } == "recorder.staleShare")
    #expect(fault { $0.regimes.stressed.correlation = 1 } == "regimes.stressed.correlation")
    #expect(fault { $0.regimes.calm.dwell = .zero } == "regimes.calm.dwell")
    #expect(fault { $0.liquidity.thinnestHour = 24 } == "liquidity.thinnestHour")
    #expect(fault { $0.cascades.largestShock = 0.01 } == "cascades.largestShock")
    #expect(fault { $0.cascades.shockInterval = .hours(1) } == "cascades.shockInterval")
  }

  @Test func decodingChecksTheRanges() throws {
    let data = try JSONEncoder().encode(try SimulationConfiguration())
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains("\"levels\":20"))
    let wrong = text.replacingOccurrences(of: "\"levels\":20", with: "\"levels\":2")
    #expect(throws: SimulationFault(parameter: "recorder.levels", requirement: "5 to 1,000")) {
      try JSONDecoder().decode(SimulationConfiguration.self, from: Data(wrong.utf8))
    }
  }

  private struct Draft {
    var instruments = SimulatedInstrument.standard
    var duration = TimeSpan.days(1)
    var step = TimeSpan.seconds(10)
    var recorder = SimulatedRecorder()
    var regimes = RegimeTable()
    var liquidity = SimulatedLiquidity()
    var cascades = SimulatedCascades()

    func configuration() throws(SimulationFault) -> SimulationConfiguration {
      try SimulationConfiguration(
        instruments: instruments, duration: duration, step: step, recorder: recorder, regimes: regimes,
        liquidity: liquidity, cascades: cascades)
    }
  }
}
