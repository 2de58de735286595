namespace Orleans.Streams.Core;

/// <summary>On a grain class: asked before the first event of a subscription that has no observer yet.</summary>
public interface IStreamSubscriptionObserver
{
    /// <summary>The grain resumes <c>handleFactory.Create&lt;T&gt;()</c> here.</summary>
    Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
}
