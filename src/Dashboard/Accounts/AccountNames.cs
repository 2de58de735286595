using Conclude.Grains;
using Microsoft.AspNetCore.Identity;

namespace Conclude.Dashboard.Accounts;

/// <summary>
/// Looks accounts up in the form that they are kept in. The framework's own form composes characters and writes them in upper case, which makes
/// some addresses one that accounts keep apart (<c>ſam</c> and <c>sam</c>), and throws at half a surrogate pair.
/// </summary>
internal sealed class AccountNames : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : GrainKeys.NormalizeEmail(name);

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
