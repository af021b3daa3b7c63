import requests

def handler(pd: "pipedream"):
  url = "https://api.example.com/graphql"
  query = """
query Repository($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    stargazerCount
  }
}
  """
  r = requests.post(
    url,
    json={"query": query, "variables": {"owner": "ada", "name": "engine"}},
    headers={"authorization": "Bearer made-up-graphql-token"},
  )
  body = r.json()
  if "errors" in body:
    raise Exception(body["errors"][0]["message"])
  return body["data"]["repository"]
