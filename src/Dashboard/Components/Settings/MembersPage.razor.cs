using System.Collections.Immutable;
using Conclude.Dashboard.Accounts;
using Conclude.Dashboard.Components.Shared;
using Conclude.Dashboard.Members;
using Conclude.Dashboard.Settings;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Conclude.Dashboard.Components.Settings;

/// <summary>Members, their roles, and the invites that are open.</summary>
public sealed partial class MembersPage
{
    private string _email = "";
    private MemberRole _role = MemberRole.Viewer;
    private SettingsOutcome? _outcome;
    private string? _link;
    private string _invited = "";
    private (string Email, MemberRole Role)? _asked;
    private bool _busy;
    private long _readAtVersion = -1;
    private ImmutableArray<Invite> _invites = [];
    private ImmutableDictionary<string, DateTimeOffset?> _seen = ImmutableDictionary<string, DateTimeOffset?>.Empty;

    [CascadingParameter]
    public DashboardUser? User { get; set; }

    private MemberRole? Own => User is null ? null : Feed.Workspace.FindMember(User.Email)?.Role;

    /// <summary>Roles that this account may give and take, by the workspace as it is now.</summary>
    private IReadOnlyList<MemberRole> Given => RoleWords.GivenBy(Own);

    private string Seats => Feed.Workspace.Plan.Members == 0
        ? ""
        : $"{Feed.Workspace.Members.Length + _invites.Length} of {Feed.Workspace.Plan.Members} places are taken{(_invites.IsEmpty ? "" : ", open invites included")}.";

    protected override async Task OnInitializedAsync() => await OnFeed();

    protected override async Task OnFeed()
    {
        var workspace = Feed.Workspace;
        if (_readAtVersion == workspace.Version)
        {
            return;
        }

        _invites = await Grains.Tenant(workspace.Workspace).Invites();
        var seen = await Task.WhenAll(workspace.Members.Select(async m => KeyValuePair.Create(m.Email, await Grains.Account(m.Email).LastSeen(workspace.Workspace))));
        _seen = seen.ToImmutableDictionary(StringComparer.Ordinal);
        _readAtVersion = workspace.Version;
    }

    private async Task MakeInvite()
    {
        var email = _email.Trim();
        await Try(async () =>
        {
            (var outcome, var token) = await Editor.Invite(Feed.Workspace.Workspace, email, _role);
            if (token is not null)
            {
                _link = $"{Address.Or(Navigation.BaseUri).TrimEnd('/')}{Hosting.DashboardRoutes.Invite}?token={token}";
                (_invited, _email) = (email, "");
            }

            return outcome;
        });
    }

    private Task RevokeInvite(Invite invite) => Try(() => Editor.Revoke(invite));

    /// <summary>What was asked for, until it is known what became of it.</summary>
    private MemberRole Shown(Member member) => _asked is { } asked && asked.Email == member.Email ? asked.Role : member.Role;

    private async Task ChangeRole(Member member, MemberRole role)
    {
        if (Enum.IsDefined(role) && role != member.Role)
        {
            _asked = (member.Email, role);
            await Try(() => Editor.ChangeRole(member, role));
            _asked = null;
        }
    }

    private async Task Remove(Member member)
    {
        var mine = member.Email == User?.Email;
        var (title, text, yes) = mine
            ? ("Leave this workspace?", "You see nothing of it any more, until somebody invites you again.", "Leave")
            : ($"Remove {member.Email}?", "Their open pages end at once. What they changed stays, and so do its entries in the audit log.", "Remove");
        var sure = await Confirm.OpenAsync<SureDialog>(
            "", new() { [nameof(SureDialog.Title)] = title, [nameof(SureDialog.Text)] = text, [nameof(SureDialog.Yes)] = yes },
            new DialogOptions { ShowTitle = false, Width = "min(440px, calc(100vw - 32px))", AriaLabel = title });
        if (sure is true)
        {
            await Try(() => Editor.Remove(member));
        }
    }

    private async Task Try(Func<Task<SettingsOutcome>> edit)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        _outcome = await edit();
        _busy = false;
    }
}
