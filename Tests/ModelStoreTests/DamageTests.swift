import Digests
import Foundation
import Learning
import ModelStore
import Testing

@Suite("Damaged artefacts")
struct DamageTests {
  private let files = ["manifest.json", "model.json", "card.md", "training.yaml"]

  private func withSaved(_ family: ModelFamily = .logistic, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try body(try ModelRepository(directory: folder).save(TinyModel.stored(family: family)))
    }
  }

  /// Replaces a text in the model and makes the manifest vouch for the result.
  private func edit(_ path: String, _ old: String, _ new: String) throws {
    func digest(_ bytes: [UInt8]) -> String {
      var digest = SHA256()
      bytes.withUnsafeBytes { digest.update($0) }
      return digest.hexadecimal()
    }
    let before = try bytes(of: path + "/model.json")
    let text = String(decoding: before, as: UTF8.self)
    let range = try #require(text.range(of: old))
    let after = Array(text.replacingCharacters(in: range, with: new).utf8)
    try write(after, to: path + "/model.json")
    let manifest = String(decoding: try bytes(of: path + "/manifest.json"), as: UTF8.self)
      .replacingOccurrences(of: digest(before), with: digest(after))
      .replacingOccurrences(of: "\(before.count)", with: "\(after.count)")
    try write(Array(manifest.utf8), to: path + "/manifest.json")
  }

  private func malformedReason(_ path: String) -> String? {
    guard
      case .malformed(_, let reason) = #expect(throws: StoreFailure.self, performing: { try StoredModel.load(path) })
    else { return nil }
    return reason
  }

  @Test("A changed byte is detected in every file")
  func changedByte() throws {
    try withSaved { path in
      for file in files {
        let sound = try bytes(of: path + "/" + file)
        for sample in 0..<50 {
          var damaged = sound
          damaged[sample * (sound.count - 1) / 49] ^= 1
          try write(damaged, to: path + "/" + file)
          #expect(throws: StoreFailure.self, "\(file), sample \(sample)") { try StoredModel.load(path) }
        }
        try write(sound, to: path + "/" + file)
      }
      _ = try StoredModel.load(path)
    }
  }

  @Test("A file cut off at any byte is refused")
  func truncation() throws {
    try withSaved { path in
      for file in files {
        let sound = try bytes(of: path + "/" + file)
        let step = file == "model.json" ? max(1, sound.count / 400) : 1
        for count in stride(from: 0, to: sound.count - 1, by: step) {
          try write(Array(sound[..<count]), to: path + "/" + file)
          #expect(throws: StoreFailure.self, "\(file), \(count) bytes") { try StoredModel.load(path) }
        }
        try write(sound, to: path + "/" + file)
      }
    }
  }

  @Test("A missing file is named; without a manifest there is no model")
  func missing() throws {
    for file in files {
      try withSaved { path in
        try FileManager.default.removeItem(atPath: path + "/" + file)
        let failure = #expect(throws: StoreFailure.self) { try StoredModel.load(path) }
        if file == "manifest.json" {
          #expect(failure == .noModel(directory: path))
        } else {
          #expect(failure?.description.hasPrefix("\(path)/\(file): cannot open") == true)
        }
      }
    }
  }

  @Test("An unknown format is refused by its number, whatever else the manifest holds")
  func unknownFormat() throws {
    try withSaved { path in
      let manifest = path + "/manifest.json"
      for format in [1, 3] {
        try write(Array(#"{"format": \#(format), "parts": []}"#.utf8), to: manifest)
        let failure = StoreFailure.unknownFormat(path: manifest, format: format, known: 2)
        #expect(throws: failure) { try StoredModel.load(path) }
        #expect("\(failure)" == "\(manifest): format \(format) is unknown; this program reads format 2")
      }
      try write(Array(#"{"format": 2, "files": [], "signature": ""}"#.utf8), to: manifest)
      #expect(malformedReason(path) == "the field 'signature' is unknown")
    }
  }

  @Test("Fields that the program does not know are refused with their path")
  func unknownFields() throws {
    try withSaved { path in
      try edit(path, #""positives" : 90,"#, #""positives" : 90, "guess" : 1,"#)
      let reason = try #require(malformedReason(path))
      #expect(reason.contains("guess") && reason.hasSuffix("is unknown"))
    }
    try withSaved { path in
      try edit(path, #""intercept" : "#, #""extra" : 1, "intercept" : "#)
      #expect(malformedReason(path)?.contains("'extra' is not a key") == true)
    }
  }

  @Test("Parts that do not fit together are refused: a position, the hours of the climatology")
  func inconsistent() throws {
    try withSaved { path in
      try edit(path, #""position" : "#, #""position" : 99999"#)
      #expect(malformedReason(path)?.contains("has no feature at position") == true)
    }
    try withSaved { path in
      try edit(path, "        0.23\n", "        0.23,\n        0.24\n")
      #expect(malformedReason(path)?.contains("25 rates for 24 hours") == true)
    }
  }

  @Test("Parts of different families are refused: the picked one, the constraints, the columns and weight of a blend")
  func inconsistentFamily() throws {
    try withSaved(.boosting) { path in
      try edit(path, #""picked" : "boosting""#, #""picked" : "logistic""#)
      #expect(malformedReason(path) == "the training picked another family than the classifier's")
    }
    try withSaved(.boosting) { path in
      try edit(path, #"        -1,\#n        1\#n"#, #"        -1\#n"#)
      #expect(malformedReason(path) == "1 constraints for 2 columns")
    }
    try withSaved(.blend) { path in
      try edit(path, #""boostedWeight" : 0.25"#, #""boostedWeight" : 1.25"#)
      #expect(malformedReason(path)?.contains("its weight must be from 0 to 1") == true)
    }
    try withSaved(.blend) { path in
      try edit(path, #""family" : "blend""#, #""family" : "logistic""#)
      #expect(malformedReason(path) == "the field 'classifier.linear' is missing")
    }
  }

  @Test("A missing field and one of the wrong type are named")
  func wrongFields() throws {
    try withSaved { path in
      try edit(path, #""provenance" : "SIMULATED","#, "")
      #expect(malformedReason(path) == "the field 'provenance' is missing")
    }
    try withSaved { path in
      try edit(path, #""snapshots" : 1000"#, #""snapshots" : "many""#)
      #expect(malformedReason(path)?.hasPrefix("the field 'training.snapshots'") == true)
    }
  }
}
