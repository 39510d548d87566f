#ifndef SHORTFALL_CLAPACK_SHIM_H
#define SHORTFALL_CLAPACK_SHIM_H

#include <stddef.h>

// The Fortran symbols of liblapack and libblas. Every CHARACTER argument carries a hidden length at the
// end of the list (gfortran's calling convention), so that no call depends on undefined registers.

// Cholesky factorisation of a symmetric positive definite matrix.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
// Solution of A x = b from the Cholesky factor.
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b,
             const int *ldb, int *info, size_t uplo_length);
// Inverse from the Cholesky factor.
void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
// Reciprocal condition number (1-norm) from the Cholesky factor.
void dpocon_(const char *uplo, const int *n, const double *a, const int *lda, const double *anorm, double *rcond,
             double *work, int *iwork, int *info, size_t uplo_length);
// Eigenvalues and, for jobz = 'V', eigenvectors of a symmetric matrix, by divide and conquer.
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
             const int *lwork, int *iwork, const int *liwork, int *info, size_t jobz_length, size_t uplo_length);

// What the loader knows about an address: `Dl_info` and `dladdr` of <dlfcn.h>, which glibc shows only to GNU sources.
struct loaded_symbol {
  const char *file;
  void *file_base;
  const char *name;
  void *address;
};
int loaded_symbol_at(const void *address, struct loaded_symbol *symbol) __asm__("dladdr");

#endif
