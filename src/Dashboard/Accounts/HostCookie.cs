using Microsoft.AspNetCore.Http;

namespace Conclude.Dashboard.Accounts;

/// <summary>
/// A cookie of this host and of nobody else. On TLS, also when a trusted proxy says so, its name begins with <c>__Host-</c>: a browser then
/// takes it only when it is <c>Secure</c>, for the whole host and for no other of the domain (RFC 6265bis, 4.1.3.2), so that neither plain HTTP nor a
/// neighbouring host can plant one. Without TLS, as at a developer's desk, browsers would refuse that name.
/// </summary>
internal sealed class HostCookie : CookieBuilder
{
    private const string Prefix = "__Host-";
    private readonly string _name;
    private readonly IHttpContextAccessor _request;

    public HostCookie(string name, SameSiteMode sameSite, IHttpContextAccessor request)
    {
        (_name, _request) = (name, request);
        SameSite = sameSite;
        HttpOnly = true;
        IsEssential = true;
        Path = "/";
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public override string? Name
    {
        get => _request.HttpContext?.Request.IsHttps is true ? Prefix + _name : _name;
        set => throw new NotSupportedException("A cookie's name follows from its request.");
    }
}
