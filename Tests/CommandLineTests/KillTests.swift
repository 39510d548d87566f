import Foundation
import ModelStore
import Sampling
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("train, killed")
  struct Killed {
    /// When the program is killed.
    private enum Moment {
      /// At a share of the time that a whole run takes.
      case share(Double)
      /// So many microseconds after it began to write the candidate.
      case publishing(after: UInt32)
    }

    private let directory = Scratch.path("killed")

    @Test("leaves the current model whole at every moment, and the next run succeeds")
    func killedAtRandomMoments() throws {
      let length = try trainFirstModel()
      let original = try contents(of: directory)
      let originalTarget = try target()
      var generator = SeededGenerator(seed: 20_251_010)
      var kills = 0
      for attempt in 0..<18 {
        let moment: Moment =
          attempt % 2 == 0
          ? .share(generator.uniform())
          : .publishing(after: UInt32(Foundation.pow(generator.uniform(), 4) * length * 1e6 / 12))
        let name = "candidate-\(attempt)"
        if try trainAndKill(name: name, moment: moment, length: length) { kills += 1 }
        let model = try StoredModel.load(directory)
        if try target() == originalTarget {
          #expect(model.artefact.name == "simulated")
        } else {
          // The kill came after the one rename that promotes; the next attempt begins at the original again.
          #expect(model.artefact.name == name)
          try restore(originalTarget)
        }
        let now = try contents(of: directory)
        for (file, bytes) in original { #expect(now[file] == bytes, "\(file) after attempt \(attempt)") }
      }
      #expect(kills >= 8)
      let next = try configurationFile(name: "after-all-kills")
      let run = try Invocation.run(arguments(next))
      #expect(run.status == 0, "\(run.errors)")
      #expect(try StoredModel.load(directory).artefact.name == "after-all-kills")
      let leftovers = try contents(of: directory).keys.filter { $0.contains("incoming") }
      #expect(leftovers == [])
    }

    /// Trains the model that must survive, and returns the seconds it took.
    private func trainFirstModel() throws -> Double {
      let begin = ContinuousClock.now
      let run = try Invocation.run(arguments(TrainedModel.configuration))
      try #require(run.status == 0, "\(run.errors)")
      return (ContinuousClock.now - begin) / .seconds(1)
    }

    /// Whether the program was killed before it ended by itself.
    private func trainAndKill(name: String, moment: Moment, length: Double) throws -> Bool {
      let before = lastWriting()
      let running = try Running(arguments(try configurationFile(name: name)))
      switch moment {
      case .share(let share): usleep(UInt32(share * length * 1e6))
      case .publishing(let delay):
        while running.isRunning, lastWriting() == before { usleep(30) }
        usleep(delay)
      }
      running.kill()
      return try running.finished().wasKilled
    }

    /// When files were last written for a candidate; what a killed program began stays until the next one writes.
    private func lastWriting() -> Date? {
      let folder = "\(directory)/artefacts/.incoming"
      return (try? FileManager.default.attributesOfItem(atPath: folder))?[.modificationDate] as? Date
    }

    private func configurationFile(name: String) throws -> String {
      try Scratch.file("\(name).yaml", SimulatedBooks.training(name: name))
    }

    private func arguments(_ configuration: String) -> [String] {
      ["train", "--config", configuration, "--data", SimulatedBooks.file, "--output", directory]
    }

    private func target() throws -> String {
      try FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/current")
    }

    private func restore(_ target: String) throws {
      try FileManager.default.removeItem(atPath: "\(directory)/current")
      try FileManager.default.createSymbolicLink(
        atPath: "\(directory)/current", withDestinationPath: target)
    }
  }
}
