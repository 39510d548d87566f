#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Which files a list of paths means.
package struct FileSearch {
  private struct Identity: Hashable {
    let device: UInt64
    let node: UInt64
  }

  private(set) var files: [String] = []
  private var seen: Set<Identity> = []

  /// The files that `paths` name.
  ///
  /// A folder stands for the files in it and in its folders, in the order of their names' bytes. Names that begin with a dot are hidden and passed over inside folders.
  package static func files(at paths: [String]) throws(SourceFailure) -> [String] {
    if paths.isEmpty { throw .noPaths }
    var search = FileSearch()
    for path in paths {
      let count = search.files.count
      try search.visit(path, inside: [])
      if search.files.count == count { throw .nothingFound(path: path) }
    }
    return search.files
  }

  private mutating func visit(_ path: String, inside folders: Set<Identity>) throws(SourceFailure) {
    var status = stat()
    if stat(path, &status) != 0 { throw .unreadable(path: path, reason: systemReason()) }
    let identity = Identity(device: UInt64(status.st_dev), node: UInt64(status.st_ino))
    guard status.st_mode & S_IFMT == S_IFDIR else {
      if !seen.insert(identity).inserted { throw .repeated(path: path) }
      files.append(path)
      return
    }
    if folders.contains(identity) { throw .endless(path: path) }
    for name in try Self.names(in: path) {
      try visit(path.hasSuffix("/") ? path + name : "\(path)/\(name)", inside: folders.union([identity]))
    }
  }

  private static func names(in folder: String) throws(SourceFailure) -> [String] {
    guard let handle = opendir(folder) else { throw .unreadable(path: folder, reason: systemReason()) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a file can be opened again from its beginning, which a pipe cannot.
  package static func isReopenable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
