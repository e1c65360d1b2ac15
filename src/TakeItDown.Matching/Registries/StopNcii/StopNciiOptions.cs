namespace TakeItDown.Matching;

/// <summary>
/// How to read the list of StopNCII.org: hashes that adults made of their own intimate pictures (PDQ) and videos (MD5). The options may
/// change while the process runs: other keys are used from the next request on; another root makes the next refresh read the list from
/// its beginning, while the old list stays in use.
/// </summary>
public sealed class StopNciiOptions
{
    /// <summary>
    /// The address under which <c>FetchHashes</c> and <c>SubmitFeedback</c> are served. It must be HTTPS, since the
    /// keys ride along; plain HTTP is accepted for this machine only.
    /// </summary>
    /// <value>The default is <c>https://api.stopncii.org/v1</c>.</value>
    public Uri? Root { get; set; } = new("https://api.stopncii.org/v1");

    /// <summary>The key for <c>FetchHashes</c>, sent as <c>x-functions-key</c>. Take it from a secret store, never from a file in the source tree.</summary>
    public string FunctionKey { get; set; } = "";

    /// <summary>
    /// The key for <c>SubmitFeedback</c>, which is another than <see cref="FunctionKey"/>. Take it from a secret store.
    /// </summary>
    /// <value>The default is empty: the list takes no feedback.</value>
    public string FeedbackKey { get; set; } = "";

    /// <summary>The platform's subscription key, sent as <c>Ocp-Apim-Subscription-Key</c>. Take it from a secret store, too.</summary>
    public string SubscriptionKey { get; set; } = "";

    /// <summary>The name of the type, never an address or a secret.</summary>
    public override string ToString() => nameof(StopNciiOptions);
}
