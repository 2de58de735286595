using System.Collections.Immutable;
using Conclude.Dashboard.Moments;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Conclude.Dashboard.Components.Moments;

/// <summary>Makes or changes one moment. Closes with the stored <see cref="MomentDefinition"/> when it was saved.</summary>
public sealed partial class MomentDrawer
{
    private static readonly ImmutableHashSet<string> Shown =
        ["event", "question", "followUp", "samplingRate", "samplingMode", "cooldownHours", "delaySeconds", "startsAt", "endsAt", "responseCap"];

    private ImmutableSortedDictionary<string, string> _errors = ImmutableSortedDictionary<string, string>.Empty;
    private MomentDefinition? _theirs;
    private string? _problem;
    private bool _saving;
    private bool _showProblem;

    [Parameter, EditorRequired]
    public required MomentForm Form { get; set; }

    private string Title => Form.IsNew ? "New moment" : "Edit moment";

    private string ZoneName => $"{Clock.Zone.Id} time.";

    private string Kept => (Form.AudienceRules, Form.Translations) switch
    {
        ( > 0, 0) => "audience rules",
        (0, > 0) => "translations",
        _ => "audience rules and translations",
    };

    /// <summary>Errors in what the form does not show: they are told all the same.</summary>
    private IEnumerable<KeyValuePair<string, string>> OtherErrors => _errors.Where(e => !Shown.Contains(e.Key));

    private string? Error(string field) => _errors.GetValueOrDefault(field);

    private string? Invalid(string field) => _errors.ContainsKey(field) ? "true" : null;

    private void ChooseMode(ChangeEventArgs e) => Form.SamplingMode = e.Value is "per_user" ? SamplingMode.PerUser : SamplingMode.PerFire;

    private async Task Save()
    {
        if (_saving)
        {
            return;
        }

        (var moment, _errors) = Form.Read(Clock.Zone);
        _problem = _errors.IsEmpty ? null : "Some fields need another look.";
        _showProblem = !_errors.IsEmpty;
        if (_showProblem)
        {
            return;
        }

        _saving = true;
        var outcome = Form.Version is { } version ? await Editor.Replace(moment, version) : await Editor.Add(moment);
        _saving = false;
        if (outcome.Saved)
        {
            await Dialogs.CloseSideAsync(outcome.Moment ?? moment);
            return;
        }

        _showProblem = true;
        _errors = outcome.Status is SaveStatus.Exists
            ? _errors.SetItem("event", "is a moment already")
            : outcome.Errors ?? _errors;
        _theirs = outcome.Status is SaveStatus.Changed ? outcome.Moment ?? Feed.Workspace.Moments.GetValueOrDefault(moment.Event) : null;
        _problem = outcome.Problem ?? (_errors.IsEmpty ? null : "Some fields need another look.");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Browser.InvokeVoidAsync("conclude.focus", $"[data-testid=moment-drawer] [name={(Form.Event.Length == 0 ? "event" : "question")}]");
        }
        else if (_showProblem)
        {
            _showProblem = false;
            await Browser.InvokeVoidAsync("conclude.showProblem", "[data-testid=moment-drawer]");
        }
    }

    private void TakeTheirs()
    {
        Form = MomentForm.Of(_theirs!, Clock.Zone);
        (_theirs, _problem) = (null, null);
        _errors = _errors.Clear();
    }
}
