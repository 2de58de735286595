using System.Security.Cryptography;
using System.Text;

namespace Conclude.Grains.Tenants;

/// <summary>What the audit log keeps of a person: nobody without the workspace's secret can try out ids against it.</summary>
public static class AuditHash
{
    private const int Characters = 16;

    /// <returns>The first 64 bits of HMAC-SHA256 over the user key, with the workspace's secret; lower-case hex.</returns>
    public static string Of(WorkspaceSnapshot workspace, string userKey) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(workspace.IdentitySecret), Encoding.UTF8.GetBytes(userKey)))[..Characters];
}
