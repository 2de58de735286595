using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Conclude.Api.Operators;

/// <summary>
/// Lets the operator in, by <c>Authorization: Bearer</c> and the token of the settings. Without either a route of the operator's is a route
/// that does not exist. Keys of workspaces open none of them.
/// </summary>
internal sealed class OperatorDoor(IOptions<OperatorOptions> options)
{
    private const string Bearer = "Bearer ";

    private readonly byte[]? _token = options.Value.Token is { Length: > 0 } token ? Hash(token) : null;

    public bool IsThere => _token is not null;

    /// <summary>Takes the same time however much of the token is right.</summary>
    public bool Opens(HttpRequest request) =>
        _token is not null
        && request.Headers.Authorization is [{ } sent]
        && sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(_token, Hash(sent[Bearer.Length..]));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
