#include "protocols/users/signing_key.hpp"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "protocols/base/check.hpp"
#include "protocols/users/secrets.hpp"

namespace chautari {
namespace {

constexpr std::size_t signature_bytes = 64;
constexpr std::size_t public_key_bytes = 32;
constexpr std::size_t pem_bytes_max = 4096;

using bio_owner = std::unique_ptr<BIO, decltype(&BIO_free)>;
using digest_owner = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

EVP_PKEY* pair_of(const std::shared_ptr<void>& pair) { return static_cast<EVP_PKEY*>(pair.get()); }

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::shared_ptr<void> owned(EVP_PKEY* pair) {
  return {pair, [](void* held) { EVP_PKEY_free(static_cast<EVP_PKEY*>(held)); }};
}

/// An encrypted PEM would ask the terminal for its password: there is none.
int no_password(char*, int, int, void*) { return -1; }

bool write_private(const std::filesystem::path& file, const std::string& text) {
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (handle < 0) return false;
  const bool is_written =
      ::write(handle, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(handle) == 0;
  return ::close(handle) == 0 && is_written;
}

}  // namespace

signing_key signing_key::from_pem(const std::string& pem) {
  signing_key made;
  if (pem.size() > pem_bytes_max) return made;
  const bio_owner text{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
  CHECK(text != nullptr);
  EVP_PKEY* pair = PEM_read_bio_PrivateKey(text.get(), nullptr, no_password, nullptr);
  ERR_clear_error();
  if (pair == nullptr) return made;
  auto holder = owned(pair);
  if (EVP_PKEY_id(pair) == EVP_PKEY_ED25519) made.pair_ = std::move(holder);
  return made;
}

signing_key signing_key::draw() {
  signing_key made;
  EVP_PKEY* pair = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  CHECK(pair != nullptr);
  made.pair_ = owned(pair);
  return made;
}

std::string signing_key::to_pem() const {
  const bio_owner text{BIO_new(BIO_s_mem()), BIO_free};
  CHECK(text != nullptr);
  CHECK(PEM_write_bio_PKCS8PrivateKey(text.get(), pair_of(pair_), nullptr, nullptr, 0, nullptr, nullptr) ==
        1);
  char* data = nullptr;
  const auto size = BIO_get_mem_data(text.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string signing_key::sign(std::string_view text) const {
  const digest_owner context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  CHECK(context != nullptr);
  CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, pair_of(pair_)) == 1);
  std::string signature(signature_bytes, '\0');
  std::size_t size = signature.size();
  CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       bytes_of(text), text.size()) == 1);
  CHECK(size == signature_bytes);
  return signature;
}

bool signing_key::has_signed(std::string_view text, std::string_view signature) const {
  if (signature.size() != signature_bytes) return false;
  const digest_owner context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  CHECK(context != nullptr);
  CHECK(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, pair_of(pair_)) == 1);
  const bool is_good = EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text),
                                        text.size()) == 1;
  ERR_clear_error();  // A forged signature must not show up as somebody else's failure on this thread.
  return is_good;
}

std::string signing_key::public_bytes() const {
  std::array<unsigned char, public_key_bytes> out{};
  std::size_t size = out.size();
  CHECK(EVP_PKEY_get_raw_public_key(pair_of(pair_), out.data(), &size) == 1 && size == out.size());
  return {reinterpret_cast<const char*>(out.data()), out.size()};
}

std::string signing_key::thumbprint() const {
  const std::string jwk = R"({"crv":"Ed25519","kty":"OKP","x":")" + to_base64url(public_bytes()) + "\"}";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> out{};
  SHA256(bytes_of(jwk), jwk.size(), out.data());
  return to_base64url({reinterpret_cast<const char*>(out.data()), out.size()});
}

std::vector<signing_key> load_signing_keys(const std::filesystem::path& directory, std::size_t keys_max,
                                           std::string& why) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (std::filesystem::directory_iterator at{directory, failed}, end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().extension() == ".pem") files.push_back(at->path());
  }
  if (failed) {
    why = "the folder of signing keys " + directory.string() + " cannot be read: " + failed.message();
    return {};
  }
  if (files.empty() || files.size() > keys_max) {
    why = "the folder of signing keys " + directory.string() + " holds " + std::to_string(files.size()) +
          " keys, 1 to " + std::to_string(keys_max) + " are wanted";
    return {};
  }
  std::sort(files.rbegin(), files.rend());
  std::vector<signing_key> keys;
  for (const auto& file : files) {
    std::ifstream in{file, std::ios::binary};
    std::string pem(pem_bytes_max + 1, '\0');
    in.read(pem.data(), static_cast<std::streamsize>(pem.size()));
    pem.resize(static_cast<std::size_t>(in.gcount()));
    auto key = signing_key::from_pem(pem);
    if (key.is_empty()) {
      why = "the signing key " + file.string() + " is not a readable Ed25519 private key";
      return {};
    }
    keys.push_back(std::move(key));
  }
  return keys;
}

bool generate_signing_key(const std::filesystem::path& directory, timestamp now, std::string& why) {
  std::error_code failed;
  if (std::filesystem::create_directories(directory, failed)) {
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failed);
  }
  // Thirteen digits until the year 2286: names sort by age.
  const auto file = directory / (std::to_string(to_ms(now)) + ".pem");
  if (!failed && write_private(file, signing_key::draw().to_pem())) return true;
  const auto reason = failed ? failed : std::error_code{errno, std::system_category()};
  why = "the signing key " + file.string() + " cannot be written: " + reason.message();
  return false;
}

}  // namespace chautari
