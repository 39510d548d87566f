internal import Foundation

/// The output directory of a nightly job: every candidate under `artefacts/`, the promoted one under `current`.
///
/// A candidate appears complete or not at all, and `current` changes in one rename: a process that is killed at any
/// moment leaves the promoted model as it was.
public struct ModelRepository: Sendable {
  /// The output directory.
  public let directory: String

  /// Creates a repository in a directory, which need not exist yet.
  public init(directory: String) {
    self.directory = directory
  }

  /// Checks that a candidate could be written now, before hours are spent on one; creates the directory.
  ///
  /// - Throws: `StoreFailure` when the directory cannot be written to, or another run is writing.
  public func prepare() throws(StoreFailure) {
    try create(directory + "/artefacts")
    try DurableFile.locking(directory) {}
  }

  /// Writes a candidate and returns its directory, `artefacts/<name>`; the name follows from the content.
  ///
  /// Saving equal content again leaves the directory as it is.
  ///
  /// - Throws: `StoreFailure`; nothing but a temporary directory is left behind then, and the next save removes it.
  public func save(_ artefact: StoredModel) throws(StoreFailure) -> String {
    let artefacts = directory + "/artefacts"
    try create(artefacts)
    return try DurableFile.locking(directory) { () throws(StoreFailure) in try write(artefact, under: artefacts) }
  }

  private func write(_ artefact: StoredModel, under artefacts: String) throws(StoreFailure) -> String {
    let files = try artefact.files()
    let manifest = Manifest(files: files)
    let manifestBytes = Array(try StoredModel.encode(manifest, as: Manifest.fileName).utf8)
    let final = artefacts + "/" + Manifest.name(of: manifestBytes)
    if (try? StoredModel.load(final)) != nil { return final }

    // Under the lock, whatever lies here was left by a process that was killed.
    let temporary = artefacts + "/.incoming"
    try remove(temporary)
    try create(temporary)
    for file in files + [ArtefactFile(name: Manifest.fileName, bytes: manifestBytes)] {
      let path = temporary + "/" + file.name
      try DurableFile.write(file.bytes, to: path)
      guard try DurableFile.read(path) == file.bytes else { throw .notWrittenFaithfully(path: path) }
    }
    try DurableFile.syncDirectory(temporary)
    try remove(final)
    try DurableFile.rename(temporary, to: final)
    try DurableFile.syncDirectory(artefacts)
    return final
  }

  /// Makes a candidate that was saved here the current model, in one step; only the last part of its path counts.
  ///
  /// - Throws: `StoreFailure` when this repository holds no sound candidate of that name, or another process is writing.
  public func promote(_ path: String) throws(StoreFailure) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    _ = try StoredModel.load(directory + "/artefacts/" + name)
    try DurableFile.locking(directory) { () throws(StoreFailure) in
      let incoming = directory + "/.current-incoming"
      try remove(incoming)
      try DurableFile.link(incoming, to: "artefacts/" + name)
      try DurableFile.rename(incoming, to: directory + "/current")
      try DurableFile.syncDirectory(directory)
    }
  }

  private func create(_ path: String) throws(StoreFailure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw DurableFile.failure(path, "create")
    }
  }

  private func remove(_ path: String) throws(StoreFailure) {
    // attributesOfItem does not follow a link, so a dangling one is found too.
    guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw DurableFile.failure(path, "remove")
    }
  }
}
