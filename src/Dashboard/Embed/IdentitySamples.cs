using System.Collections.Immutable;

namespace Conclude.Dashboard.Embed;

/// <summary>How an app's server proves who somebody is: lower-case hex of HMAC-SHA256 over the external id, keyed with the identity secret, both as UTF-8.</summary>
public static class IdentitySamples
{
    public static readonly ImmutableArray<CodeSample> All =
    [
        new("C#", """
            using System.Security.Cryptography;
            using System.Text;

            static string ConcludeHash(string externalId, string secret) =>
                Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(externalId)));
            """),
        new("Node", """
            import { createHmac } from "node:crypto";

            export const concludeHash = (externalId, secret) =>
              createHmac("sha256", secret).update(externalId).digest("hex");
            """),
        new("Python", """
            import hashlib
            import hmac

            def conclude_hash(external_id, secret):
                return hmac.new(secret.encode(), external_id.encode(), hashlib.sha256).hexdigest()
            """),
    ];
}
