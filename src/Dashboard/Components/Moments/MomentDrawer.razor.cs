using System.Collections.Immutable;
using Conclude.Dashboard.Moments;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Conclude.Dashboard.Components.Moments;

/// <summary>Makes or changes one moment. Closes with the stored <see cref="MomentDefinition"/> when it was saved.</summary>
public sealed partial class MomentDrawer
{
    private const string Wrong = "Some fields need another look.";

    private ImmutableSortedDictionary<string, string> _errors = ImmutableSortedDictionary<string, string>.Empty;
    private AudienceSuggestions _suggestions = AudienceSuggestions.None;
    private MomentDefinition? _theirs;
    private SaveStatus? _status;
    private string? _problem;
    private string? _note;
    private string? _language;
    private Func<ValueTask>? _focus;
    private Func<ValueTask>? _rendered;
    private string? _goingTo;
    private bool _asksToLeave;
    private bool _done;
    private bool _saving;

    [Parameter, EditorRequired]
    public required MomentForm Form { get; set; }

    private string Title => Form.IsNew ? "New moment" : "Edit moment";

    private TranslationRow? Translation => Form.Translations.Find(t => t.Language == _language);

    private string Shown => Translation?.Language ?? "";

    private (string Question, string FollowUp) Words => Translation is not { } row
        ? (Form.Question, Form.FollowUp)
        : (row.Question, string.IsNullOrWhiteSpace(row.FollowUp) ? Form.FollowUp : row.FollowUp);

    public void Dispose() => Feed.Changed -= OnFeedChanged;

    protected override async Task OnInitializedAsync()
    {
        Feed.Changed += OnFeedChanged;
        _suggestions = await Traffic.Suggestions() ?? _suggestions;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // On a slow line somebody may have begun elsewhere by now.
            await Browser.InvokeVoidAsync("conclude.focus", $"[data-testid=moment-drawer]:not(:focus-within) [name={(Form.Event.Length == 0 ? "event" : "question")}]");
        }
        // On a slow line an earlier rendering is told of only now: what is to have the focus must have been rendered.
        else if (_rendered is { } focus)
        {
            _focus = _rendered = null;
            await focus();
        }
    }

    private ValueTask Focus(string selector) => Browser.InvokeVoidAsync("conclude.focus", $"[data-testid=moment-drawer] {selector}");

    private ValueTask FocusProblem() => Browser.InvokeVoidAsync("conclude.showProblem", "[data-testid=moment-drawer]");

    /// <summary>The parts of the form have taken what was typed; what depends on it is rendered again.</summary>
    private static void Noted()
    {
    }

    private void Show(string? language) => _language = language;

    private async Task Save()
    {
        (var moment, _errors) = Form.Read(Clock.Zone);
        (_problem, _status, _note) = (_errors.IsEmpty ? null : Wrong, null, null);
        if (!_errors.IsEmpty)
        {
            _focus = FocusProblem;
        }
        else
        {
            await Try(() => Form.Version is { } version ? Editor.Replace(moment, version) : Editor.Add(moment));
        }
    }

    private Task SaveBoth() => Try(() => Editor.Replace(MomentField.Merge(Form.Start, _theirs!, Form.Read(Clock.Zone).Moment), _theirs!.Version));

    private Task MakeAgain() => Try(() => Editor.Add(Form.Read(Clock.Zone).Moment));

    private async Task Try(Func<Task<EditOutcome>> edit)
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        var outcome = await edit();
        _saving = false;
        if (outcome.Saved)
        {
            await Done(outcome.Moment);
            return;
        }

        (_focus, _status) = (FocusProblem, outcome.Status);
        _errors = outcome.Status is SaveStatus.Exists ? _errors.SetItem("event", "is a moment already") : outcome.Errors ?? _errors;
        if (outcome.Status is SaveStatus.Changed)
        {
            _theirs = outcome.Moment ?? Feed.Workspace.Moments.GetValueOrDefault(Form.Event);
        }

        _problem = outcome.Problem ?? Wrong;
    }

    private async Task Done(MomentDefinition? saved)
    {
        _done = true;
        await Dialogs.CloseSideAsync(saved);
    }

    private void TakeTheirs()
    {
        Form = MomentForm.Of(_theirs!, Clock.Zone);
        (_theirs, _problem, _status) = (null, null, null);
        _errors = _errors.Clear();
    }

    private void OnFeedChanged(object? sender, EventArgs e) => _ = InvokeAsync(LookForOthers);

    /// <summary>Somebody else saved this moment while it is open here: better told now than at the end.</summary>
    private void LookForOthers()
    {
        if (_done || _saving || Form.Version is not { } version || !Feed.Workspace.Moments.TryGetValue(Form.Event, out var stored) || stored.Version <= (_theirs?.Version ?? version))
        {
            return;
        }

        if (!Form.IsChanged)
        {
            Form = MomentForm.Of(stored, Clock.Zone);
            _note = "Somebody else just changed this moment. This is how it is now.";
        }
        else
        {
            _theirs = stored;
            _problem = new EditOutcome(SaveStatus.Changed, stored, null).Problem;
        }

        StateHasChanged();
    }

    private async Task Close()
    {
        if (_asksToLeave)
        {
            Stay();
        }
        else if (Form.IsChanged)
        {
            Ask(goingTo: null);
        }
        else
        {
            await Done(saved: null);
        }
    }

    private void AskBeforeLeaving(LocationChangingContext navigation)
    {
        if (!_done && Form.IsChanged)
        {
            navigation.PreventNavigation();
            Ask(navigation.TargetLocation);
        }
    }

    private void Ask(string? goingTo)
    {
        (_asksToLeave, _goingTo, _focus) = (true, goingTo, () => Focus("[data-testid=stay]"));
        StateHasChanged();
    }

    private void Stay() => (_asksToLeave, _goingTo, _focus) = (false, null, () => Focus("[name=question]"));

    private async Task Leave()
    {
        var goingTo = _goingTo;
        await Done(saved: null);
        if (goingTo is not null)
        {
            Navigation.NavigateTo(goingTo);
        }
    }

    private async Task Duplicate()
    {
        if (Form.IsChanged)
        {
            (_problem, _focus) = ("Save your changes first: a copy is made of what is saved.", FocusProblem);
            return;
        }

        await Done(saved: null);
        await Moments.Duplicate(Form.Start);
    }

    private async Task Remove()
    {
        if (await Moments.Remove(Form.Start))
        {
            await Done(saved: null);
        }
    }
}
