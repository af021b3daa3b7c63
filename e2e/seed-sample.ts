/** The seed document's main sample, to the letter. */
export const sample = `from slack_sdk import WebClient

def handler(pd: "pipedream"):
  token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
  client = WebClient(token=token)
  response = client.chat_postMessage(channel='#general', text='Hello from Pipedream!')
  pd.export("response", response.data)
`;
