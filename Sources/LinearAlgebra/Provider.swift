internal import CLAPACK

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The library that does the linear algebra in this process, such as `lapack/liblapack.so.3.12.1`.
///
/// Results agree between providers within rounding only, so a stored model names the one it was made with. The name
/// is the file the system's loader chose, with its folder; `unknown` when the loader does not tell.
public let providerName: String = {
  guard let program = dlopen(nil, RTLD_LAZY) else { return "unknown" }
  defer { dlclose(program) }
  guard let symbol = dlsym(program, "dpotrf_") else { return "unknown" }
  var description = loaded_symbol()
  guard loaded_symbol_at(symbol, &description) != 0, let loaded = description.file else { return "unknown" }
  guard let resolved = realpath(loaded, nil) else { return "unknown" }
  defer { free(resolved) }
  return String(cString: resolved).split(separator: "/").suffix(2).joined(separator: "/")
}()
