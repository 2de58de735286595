using Conclude.Grains;
using Microsoft.AspNetCore.Authorization;

namespace Conclude.Dashboard.Accounts;

/// <summary>Asks the workspace itself, on every request and on every navigation inside a circuit.</summary>
internal sealed class MemberHandler(IGrainFactory grains) : AuthorizationHandler<MemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MemberRequirement requirement)
    {
        if (DashboardUser.From(context.User) is { } user
            && await grains.Tenant(user.Workspace).Snapshot() is { } workspace
            && workspace.FindMember(user.Email) is not null)
        {
            context.Succeed(requirement);
        }
    }
}
