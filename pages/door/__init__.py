"""What is in front of Streamlit: the wall, the sessions, the farewell, the sign-in page."""

from pages.door import sign_in

ROUTES = sign_in.ROUTES
