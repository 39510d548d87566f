import Foundation
import Learning
import ModelStore
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("A nightly job's output directory")
struct RepositoryTests {
  private let files = ["manifest.json", "model.json", "card.md", "training.yaml"]

  @Test(
    "What was saved loads again, and saving what was loaded gives the same path and bytes",
    arguments: ModelFamily.allCases)
  func roundTrip(_ family: ModelFamily) throws {
    try withTemporaryFolder { folder in
      let repository = ModelRepository(directory: folder + "/out")
      let saved = try TinyModel.stored(family: family)
      let path = try repository.save(saved)
      let loaded = try StoredModel.load(path)
      #expect(loaded.card == saved.card && loaded.configuration == saved.configuration)
      #expect(try StableJSON.text(of: loaded.artefact) == StableJSON.text(of: saved.artefact))
      let before = try files.map { try bytes(of: path + "/" + $0) }
      #expect(try repository.save(loaded) == path)
      #expect(try files.map { try bytes(of: path + "/" + $0) } == before)
      let other = ModelRepository(directory: folder + "/other")
      let twin = try other.save(saved)
      #expect(twin.hasSuffix(String(path.suffix(16))))
      #expect(try files.map { try bytes(of: twin + "/" + $0) } == before)
    }
  }

  @Test("Different content gets a different path")
  func contentNames() throws {
    try withTemporaryFolder { folder in
      let repository = ModelRepository(directory: folder)
      let first = try repository.save(TinyModel.stored())
      let second = try repository.save(TinyModel.stored(card: "# Another\n"))
      #expect(first != second)
    }
  }

  @Test("Promotion makes a candidate current, again and again, and leaves nothing beside it")
  func promotion() throws {
    try withTemporaryFolder { folder in
      let repository = ModelRepository(directory: folder)
      let (first, second) = (
        try repository.save(TinyModel.stored(name: "one")), try repository.save(TinyModel.stored(name: "two"))
      )
      #expect(throws: StoreFailure.noModel(directory: folder)) { try StoredModel.load(folder) }
      for (path, name) in [(first, "one"), (second, "two"), (second, "two"), (first, "one")] {
        try repository.promote(path)
        #expect(try StoredModel.load(folder).artefact.name == name)
        #expect(try StoredModel.load(folder + "/current").artefact.name == name)
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names == [".lock", "artefacts", "current"])
    }
  }

  @Test("Only a sound candidate of the same directory can be promoted")
  func foreignCandidate() throws {
    try withTemporaryFolder { folder in
      let repository = ModelRepository(directory: folder + "/here")
      try repository.promote(try repository.save(TinyModel.stored(name: "one")))
      let foreign = try ModelRepository(directory: folder + "/there").save(TinyModel.stored(name: "two"))
      #expect(throws: StoreFailure.self) { try repository.promote(foreign) }
      let damaged = try repository.save(TinyModel.stored(name: "three"))
      try write(Array("# Changed\n".utf8), to: damaged + "/card.md")
      #expect(throws: StoreFailure.damaged(path: damaged + "/card.md")) { try repository.promote(damaged) }
      #expect(try StoredModel.load(folder + "/here").artefact.name == "one")
    }
  }

  @Test("What a killed run left behind is cleaned up: half a candidate, a damaged one, a half-made link")
  func leftovers() throws {
    try withTemporaryFolder { folder in
      let repository = ModelRepository(directory: folder)
      let path = try repository.save(TinyModel.stored())
      let incoming = folder + "/artefacts/.incoming"
      try FileManager.default.createDirectory(atPath: incoming, withIntermediateDirectories: true)
      try write([1, 2, 3], to: incoming + "/stray")
      try write([1, 2, 3], to: path + "/model.json")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/.current-incoming", withDestinationPath: "artefacts/none")
      #expect(try repository.save(TinyModel.stored()) == path)
      try repository.promote(path)
      #expect(try StoredModel.load(folder).artefact.name == "tiny")
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == files.sorted())
      #expect(!FileManager.default.fileExists(atPath: incoming))
    }
  }

  @Test("While another process writes, saving and promoting are refused")
  func busy() throws {
    try withTemporaryFolder { folder in
      let repository = ModelRepository(directory: folder)
      let path = try repository.save(TinyModel.stored())
      let descriptor = open(folder + "/.lock", O_RDWR | O_CREAT, 0o644)
      try #require(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      #expect(throws: StoreFailure.busy(directory: folder)) { try repository.save(TinyModel.stored(name: "x")) }
      #expect(throws: StoreFailure.busy(directory: folder)) { try repository.promote(path) }
      close(descriptor)
      try repository.promote(path)
    }
  }

  @Test("A directory that cannot be made is a failure in words")
  func blockedDirectory() throws {
    try withTemporaryFolder { folder in
      try write([1], to: folder + "/file")
      let failure = #expect(throws: StoreFailure.self) {
        try ModelRepository(directory: folder + "/file/out").save(TinyModel.stored())
      }
      #expect(failure?.description.contains("cannot create") == true)
    }
  }

  @Test("A read-only directory is a failure in words", .enabled(if: geteuid() != 0, "root may write anywhere"))
  func readOnly() throws {
    try withTemporaryFolder { folder in
      chmod(folder, 0o555)
      defer { chmod(folder, 0o755) }
      let failure = #expect(throws: StoreFailure.self) {
        try ModelRepository(directory: folder).save(TinyModel.stored())
      }
      #expect(failure?.description.contains("cannot create") == true)
    }
  }

  @Test("A current link that leads nowhere is no model")
  func danglingLink() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(atPath: folder + "/current", withDestinationPath: "artefacts/gone")
      #expect(throws: StoreFailure.noModel(directory: folder)) { try StoredModel.load(folder) }
      let repository = ModelRepository(directory: folder)
      try repository.promote(try repository.save(TinyModel.stored()))
      #expect(try StoredModel.load(folder).artefact.name == "tiny")
    }
  }
}
