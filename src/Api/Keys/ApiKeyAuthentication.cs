using Conclude.Api.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Keys;

/// <summary>
/// The authentication scheme of the API: a key in the header <c>x-conclude-api-key</c>, or on widget routes also in <c>?key=</c>,
/// so that a browser's request stays a simple one. Written on the bare interface: the usual base class costs more than the lookup.
/// </summary>
internal sealed class ApiKeyAuthentication(KeyDirectory keys) : IAuthenticationHandler
{
    public const string Scheme = "ConcludeApiKey";

    /// <summary>What <c>WWW-Authenticate</c> asks for.</summary>
    public const string Challenge = "ApiKey";

    private static readonly AuthenticateResult Unknown = AuthenticateResult.Fail("Unknown key.");

    private HttpContext _context = null!;
    private AuthenticateResult? _result;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public async Task<AuthenticateResult> AuthenticateAsync()
    {
        if (_result is not null)
        {
            return _result;
        }

        var request = _context.Request;
        var key = KeyReading.FromHeader(request);
        if (request.Path.StartsWithSegments(ApiRoutes.Widget, StringComparison.OrdinalIgnoreCase))
        {
            key ??= KeyReading.TakeFromQuery(request);
        }

        if (key is null)
        {
            return _result = AuthenticateResult.NoResult();
        }

        var caller = await keys.Find(key);
        if (caller is null)
        {
            return _result = Unknown;
        }

        _context.Features.Set(caller);
        return _result = caller.Authenticated;
    }

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        _context.Response.Headers.WWWAuthenticate = Challenge;
        return ApiProblem.UnknownKey.ExecuteAsync(_context);
    }

    public Task ForbidAsync(AuthenticationProperties? properties) => ApiProblem.WrongKeyType.ExecuteAsync(_context);
}
