// SHA-1 by OpenSSL.
#define OPENSSL_API_COMPAT 10100  // its low-level calls, which are deprecated since 3.0
#include "workloads/host/sha1.hpp"

#include <openssl/sha.h>

namespace rota::workloads::host {

Sha1Digest sha1(std::span<const std::uint8_t> message) noexcept {
  Sha1Digest digest;
  SHA_CTX context;
  SHA1_Init(&context);
  SHA1_Update(&context, message.data(), message.size());
  SHA1_Final(digest.data(), &context);
  return digest;
}

}  // namespace rota::workloads::host
