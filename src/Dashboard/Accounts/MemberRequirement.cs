using Microsoft.AspNetCore.Authorization;

namespace Conclude.Dashboard.Accounts;

/// <summary>The account named in the cookie is a member of its workspace now, not only when it signed in.</summary>
internal sealed class MemberRequirement : IAuthorizationRequirement;
