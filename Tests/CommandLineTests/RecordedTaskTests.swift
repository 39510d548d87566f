import Foundation
import MarketData
import ModelStore
import TestRecordings
import Testing

extension CommandLineTests {
  @Suite("Task K1", .enabled(if: RecordedData.hasSpot, Comment(rawValue: RecordedData.absence)))
  struct RecordedTask {
    @Test("the training window before October has 38,110 onset rows and 450 positives")
    func training() throws {
      let record = try #require(try StoredModel.load(try TrainedModel.recorded.get()).artefact.origin.training)
      #expect(record.rows == 38_110)
      #expect(record.positives == 450)
      #expect(record.files.map(\.name) == ["ETHUSDT.csv.gz", "LTCUSDT.csv.gz", "XRPUSDT.csv.gz"])
    }

    @Test("October and November have 28,373 onset rows and 1,063 positives, and the model beats depth alone")
    func evaluation() throws {
      let run = try Invocation.run([
        "evaluate", "--model", try TrainedModel.recorded.get(), "--data", RecordedData.spot, "--from", "2025-10-01",
        "--json",
      ])
      #expect(run.status == 0, "\(run.errors)")
      let onset = try #require(try JSON(run.output)["overall.onset"])
      #expect(onset["rows"]?.number == 28_373)
      #expect(onset["positives"]?.number == 1_063)
      let precision = try #require(onset["model.averagePrecision.value"]?.number)
      let depth = try #require(onset["baselines.currentDepth.averagePrecision.value"]?.number)
      #expect(precision > 0.25)
      #expect(precision > depth)
    }
  }
}
